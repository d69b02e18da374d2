package dev.polder.glue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in S3.
///
/// @param key empty, a folder that ends with a slash, or an object
record S3Location(String bucket, String key) {
  private static final Pattern URI = Pattern.compile("s3[an]?://([^/]+)(?:/(.*))?", Pattern.DOTALL);

  /// Reads `s3://bucket/key`.
  static S3Location parse(String text) {
    Matcher uri = URI.matcher(text);
    if (!uri.matches()) {
      throw GlueErrors.invalid("Invalid S3 path '" + text + "': expected s3://bucket/prefix");
    }
    return new S3Location(uri.group(1), uri.group(2) == null ? "" : uri.group(2));
  }

  /// The same with a slash at the end, unless it is a whole bucket.
  S3Location folder() {
    return key.isEmpty() || key.endsWith("/") ? this : new S3Location(bucket, key + "/");
  }

  /// A place below this folder.
  S3Location resolve(String below) {
    return new S3Location(bucket, key + below);
  }

  /// How deep a folder lies, where the bucket is level 1.
  int level() {
    return 1 + (int) key.chars().filter(c -> c == '/').count();
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
