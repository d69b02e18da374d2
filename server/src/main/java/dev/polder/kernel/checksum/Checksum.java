package dev.polder.kernel.checksum;

import dev.polder.kernel.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// A checksum algorithm that S3 knows beside MD5. Values are the big-endian bytes in base 64.
///
/// @see <a
///   href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">S3:
///   checking object integrity</a>
public enum Checksum {
  CRC32(4),
  CRC32C(4),
  CRC64NVME(8),
  SHA1(20),
  SHA256(32);

  private final int length;

  Checksum(int length) {
    this.length = length;
  }

  /// The algorithm of this name in any case, such as `crc32c`.
  public static Optional<Checksum> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.name().equals(upper)).findFirst();
  }

  /// The header and trailer that carries a value, such as `x-amz-checksum-crc32`.
  public String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /// True if the checksum of a whole follows from those of its parts.
  public boolean combines() {
    return this == CRC32 || this == CRC32C || this == CRC64NVME;
  }

  /// True if the text is base 64 of as many bytes as this algorithm gives.
  public boolean valid(String value) {
    try {
      return Base64.getDecoder().decode(value).length == length;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// A computation that has seen nothing yet.
  public Running start() {
    return switch (this) {
      case CRC32 -> new Cyclic(new CRC32(), length);
      case CRC32C -> new Cyclic(new CRC32C(), length);
      case CRC64NVME -> new Cyclic(new Crc64Nvme(), length);
      case SHA1 -> new Digest(Digests.of("SHA-1"));
      case SHA256 -> new Digest(Digests.of("SHA-256"));
    };
  }

  /// The value of nothing but these bytes.
  public String of(byte[] bytes) {
    Running running = start();
    running.update(bytes, 0, bytes.length);
    return running.value();
  }

  /// The value of two byte sequences one after the other, from the value of each.
  ///
  /// @param secondLength the length of the second, in bytes
  /// @throws IllegalStateException if this algorithm does not combine
  public String combine(String first, String second, long secondLength) {
    long a = number(first);
    long b = number(second);
    return text(polynomial().combine(a, b, secondLength));
  }

  private Polynomial polynomial() {
    return switch (this) {
      case CRC32 -> Polynomial.CRC32;
      case CRC32C -> Polynomial.CRC32C;
      case CRC64NVME -> Polynomial.CRC64NVME;
      case SHA1, SHA256 -> throw new IllegalStateException(this + " does not combine");
    };
  }

  private static long number(String value) {
    long number = 0;
    for (byte each : Base64.getDecoder().decode(value)) {
      number = number << 8 | (each & 0xFF);
    }
    return number;
  }

  private String text(long number) {
    byte[] bytes = ByteBuffer.allocate(8).putLong(number).array();
    return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 8 - length, 8));
  }

  /// A computation over bytes that come in pieces. Used by one thread.
  public interface Running {
    /// Takes the next bytes.
    void update(byte[] bytes, int offset, int length);

    /// The value in base 64. Ends the computation.
    String value();
  }

  private record Cyclic(java.util.zip.Checksum sum, int length) implements Running {
    @Override
    public void update(byte[] bytes, int offset, int count) {
      sum.update(bytes, offset, count);
    }

    @Override
    public String value() {
      byte[] bytes = ByteBuffer.allocate(8).putLong(sum.getValue()).array();
      return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 8 - length, 8));
    }
  }

  private record Digest(MessageDigest digest) implements Running {
    @Override
    public void update(byte[] bytes, int offset, int count) {
      digest.update(bytes, offset, count);
    }

    @Override
    public String value() {
      return Base64.getEncoder().encodeToString(digest.digest());
    }
  }
}
