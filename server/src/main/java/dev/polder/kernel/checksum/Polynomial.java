package dev.polder.kernel.checksum;

/// The generator of a bit-reflected CRC whose register begins and ends inverted.
///
/// A CRC is a remainder modulo this polynomial, so the remainder of `A` followed by `B` is that of
/// `A` times x to the number of bits in `B`, plus that of `B`.
///
/// @param width in bits
/// @param reflected without the leading term; the highest bit is the coefficient of x^0
record Polynomial(int width, long reflected) {
  static final Polynomial CRC32 = new Polynomial(32, 0xEDB88320L);
  static final Polynomial CRC32C = new Polynomial(32, 0x82F63B78L);
  static final Polynomial CRC64NVME = new Polynomial(64, 0x9A6C9329AC4BC9B5L);

  /// The CRC of two sequences from the CRC of each.
  ///
  /// @param secondLength in bytes
  long combine(long first, long second, long secondLength) {
    long power = one();
    long square = one() >>> 8; // x^8: one byte
    for (long bytes = secondLength; bytes > 0; bytes >>>= 1) {
      if ((bytes & 1) == 1) {
        power = times(power, square);
      }
      square = times(square, square);
    }
    return times(power, first) ^ second;
  }

  private long one() {
    return 1L << (width - 1);
  }

  private long times(long a, long b) {
    long product = 0;
    long shifted = b;
    for (long bit = one(); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ reflected;
    }
    return product;
  }
}
