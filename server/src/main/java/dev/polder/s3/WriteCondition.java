package dev.polder.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must hold of the object that a write replaces or removes.
///
/// @param absent true if there must be none
/// @param etag the ETag it must have, or null
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">S3:
///   conditional writes</a>
record WriteCondition(boolean absent, @Nullable String etag) {
  static final WriteCondition NONE = new WriteCondition(false, null);

  /// From the headers of a request.
  static WriteCondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
      throw S3Errors.notImplemented("If-None-Match with a value other than *");
    }
    if (ifMatch != null && ifNoneMatch != null) {
      throw S3Errors.notImplemented("If-Match together with If-None-Match");
    }
    return ifMatch == null && ifNoneMatch == null
        ? NONE
        : new WriteCondition(ifNoneMatch != null, ifMatch);
  }

  /// Throws what S3 answers if this does not hold.
  void check(Optional<StoredObject> present) {
    if (absent && present.isPresent()) {
      throw S3Errors.preconditionFailed();
    }
    if (etag != null) {
      StoredObject object = present.orElseThrow(S3Errors::noSuchKey);
      if (!ReadCondition.matches(etag, object.metadata().etag())) {
        throw S3Errors.preconditionFailed();
      }
    }
  }
}
