package dev.polder.examples.traffic.functions;

/** A place in S3: {@code s3://bucket/key}. */
record S3Location(String bucket, String key) {

  static S3Location parse(String uri) {
    String scheme = "s3://";
    int slash = uri.indexOf('/', scheme.length());
    if (!uri.startsWith(scheme) || slash < 0) {
      throw new IllegalArgumentException("Expected s3://bucket/key but was " + uri);
    }
    return new S3Location(uri.substring(scheme.length(), slash), uri.substring(slash + 1));
  }

  /** This location as that of a folder: its key ends with a slash. */
  S3Location asFolder() {
    return key.isEmpty() || key.endsWith("/") ? this : new S3Location(bucket, key + "/");
  }

  String uri() {
    return "s3://" + bucket + "/" + key;
  }
}
