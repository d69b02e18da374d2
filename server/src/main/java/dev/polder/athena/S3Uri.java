package dev.polder.athena;

import dev.polder.athena.sql.SqlFailure;

/// `s3://bucket/key`.
///
/// @param key may be empty
record S3Uri(String bucket, String key) {

  /// Reads `s3://`, `s3a://` or `s3n://`.
  ///
  /// @throws SqlFailure if the text is none
  static S3Uri parse(String text) {
    String rest = text.replaceFirst("^s3[an]?://", "");
    if (rest.equals(text) || rest.isEmpty() || rest.startsWith("/")) {
      throw new SqlFailure("HIVE_INVALID_METADATA", "Not an S3 location: " + text);
    }
    int slash = rest.indexOf('/');
    return slash < 0
        ? new S3Uri(rest, "")
        : new S3Uri(rest.substring(0, slash), rest.substring(slash + 1));
  }

  /// The same as a folder: with a slash at its end unless it is the bucket itself.
  S3Uri folder() {
    return key.isEmpty() || key.endsWith("/") ? this : new S3Uri(bucket, key + "/");
  }

  S3Uri resolve(String more) {
    return new S3Uri(bucket, key + more);
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
