package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller says that the bytes of a body come to.
///
/// @param algorithm the checksum to compute and keep, or null
/// @param value what it must be, in base 64, or null
/// @param md5 the MD5 in base 64, or null
record GivenDigests(@Nullable Checksum algorithm, @Nullable String value, @Nullable String md5) {

  GivenDigests {
    if (algorithm != null && value != null && !algorithm.valid(value)) {
      throw S3Errors.invalidRequest("Value for " + algorithm.header() + " header is invalid.");
    }
    if (md5 != null && decodedMd5(md5).length != 16) {
      throw S3Errors.invalidDigest();
    }
  }

  private static byte[] decodedMd5(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  /// The same with a checksum to compute where none is named.
  GivenDigests orCompute(@Nullable Checksum wanted) {
    return algorithm == null ? new GivenDigests(wanted, value, md5) : this;
  }

  Set<Checksum> wanted() {
    return algorithm == null ? Set.of() : Set.of(algorithm);
  }

  /// Throws what S3 answers if a draft is not what was said.
  void verify(Draft draft) {
    if (md5 != null && !HexFormat.of().formatHex(decodedMd5(md5)).equals(draft.etag())) {
      throw S3Errors.badDigest();
    }
    if (value != null
        && algorithm != null
        && !draft.checksum(algorithm).equals(Optional.of(value))) {
      throw S3Errors.badDigest(algorithm);
    }
  }

  /// The draft's checksum, or null if none was given or asked for.
  ObjectMetadata.@Nullable Sum sum(Draft draft) {
    return algorithm == null
        ? null
        : draft
            .checksum(algorithm)
            .map(sum -> new ObjectMetadata.Sum(algorithm, sum, false))
            .orElse(null);
  }

  /// Metadata of a draft in one piece.
  ObjectMetadata describe(ObjectMetadata asked, Draft draft) {
    return asked.of(draft.etag(), sum(draft), List.of());
  }
}
