package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// The checksum of an object from those of its parts.
///
/// @see <a
///   href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">S3:
///   full object and composite checksums</a>
final class PartChecksums {
  private PartChecksums() {}

  /// The checksum of the parts' checksums, and their number.
  static String composite(Checksum algorithm, List<Part> parts) {
    var bytes = new ByteArrayOutputStream();
    for (Part part : parts) {
      bytes.writeBytes(Base64.getDecoder().decode(Objects.requireNonNull(part.checksum())));
    }
    return algorithm.of(bytes.toByteArray()) + "-" + parts.size();
  }

  /// The checksum of all bytes.
  static String whole(Checksum algorithm, List<Part> parts) {
    String sum = Objects.requireNonNull(parts.getFirst().checksum());
    for (Part part : parts.subList(1, parts.size())) {
      sum = algorithm.combine(sum, Objects.requireNonNull(part.checksum()), part.size());
    }
    return sum;
  }

  /// True if a checksum given by a caller, with the number of parts or without, is this one.
  static boolean same(String given, ObjectMetadata.Sum sum) {
    String bare = sum.composite() ? sum.value().replaceFirst("-\\d+$", "") : sum.value();
    return given.equals(sum.value()) || given.equals(bare);
  }
}
