package dev.polder.examples.traffic.simulator;

/// Numbers that look random and depend on nothing but what they are asked for.
record Dice(long seed) {

  /// 64 bits for a topic and two coordinates.
  long bits(int topic, long a, long b) {
    long mixed = mix(seed + topic * 0x9E3779B97F4A7C15L);
    mixed = mix(mixed ^ a * 0xD1B54A32D192ED03L);
    return mix(mixed ^ b * 0x8CB92BA72F3D8DD7L);
  }

  /// A number in [0, 1).
  double unit(int topic, long a, long b) {
    return unit(bits(topic, a, b));
  }

  static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /// A number in [0, 1) from one of the four 16-bit parts of the bits.
  static double part(long bits, int part) {
    return (bits >>> (16 * part) & 0xFFFF) / 65536.0;
  }

  /// A whole number in [0, bound) from one of the four 16-bit parts of the bits.
  static int below(long bits, int part, int bound) {
    return (int) ((bits >>> (16 * part) & 0xFFFF) * bound >>> 16);
  }

  /// The finaliser of SplitMix64.
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
