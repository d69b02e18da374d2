package dev.polder.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What must hold of an object for it to be read, as RFC 9110 has it: ETags before times.
record ReadCondition(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince) {

  /// Throws what a read is answered if this does not hold: 412, or 304 where the reader has it.
  void check(StoredObject object) {
    if (fails(object)) {
      throw S3Errors.preconditionFailed();
    }
    if (known(object)) {
      throw S3Errors.notModified();
    }
  }

  /// Throws what a copy is answered if this does not hold of its source: always 412.
  void checkSource(StoredObject object) {
    if (fails(object) || known(object)) {
      throw S3Errors.preconditionFailed();
    }
  }

  private boolean fails(StoredObject object) {
    if (ifMatch != null) {
      return !matches(ifMatch, object.metadata().etag());
    }
    return ifUnmodifiedSince != null && object.lastModified().isAfter(ifUnmodifiedSince);
  }

  private boolean known(StoredObject object) {
    if (ifNoneMatch != null) {
      return matches(ifNoneMatch, object.metadata().etag());
    }
    return ifModifiedSince != null && !object.lastModified().isAfter(ifModifiedSince);
  }

  /// True if a list of ETags, quoted or not, has this one or is `*`.
  static boolean matches(String list, String etag) {
    for (String each : list.split(",")) {
      String bare = each.strip();
      bare = bare.startsWith("W/") ? bare.substring(2) : bare;
      bare = bare.replace("\"", "");
      if (bare.equals("*") || bare.equals(etag)) {
        return true;
      }
    }
    return false;
  }
}
