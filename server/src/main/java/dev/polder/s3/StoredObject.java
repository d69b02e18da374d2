package dev.polder.s3;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// An object as it is.
///
/// @param size in bytes
/// @param modified in the clock's full precision
record StoredObject(
    Address address, Path file, long size, Instant modified, ObjectMetadata metadata) {

  /// The time that S3 tells: whole seconds.
  Instant lastModified() {
    return modified.truncatedTo(ChronoUnit.SECONDS);
  }

  /// The ETag in its quotes.
  String etag() {
    return '"' + metadata.etag() + '"';
  }
}
