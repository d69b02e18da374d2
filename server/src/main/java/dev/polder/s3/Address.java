package dev.polder.s3;

import java.nio.charset.StandardCharsets;

/// Where an object is, or would be: its bucket's name and its whole key.
record Address(String bucket, String key) {
  private static final int KEY_BYTES = 1024;

  Address {
    if (key.isEmpty()) {
      throw S3Errors.invalidRequest("A key must be specified.");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      throw S3Errors.invalidUri();
    }
    int bytes = key.length() * 3 <= KEY_BYTES ? 0 : key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > KEY_BYTES) {
      throw S3Errors.keyTooLong(bytes, KEY_BYTES);
    }
  }
}
