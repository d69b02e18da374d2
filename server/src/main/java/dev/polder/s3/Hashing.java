package dev.polder.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The digests that S3 is made of.
final class Hashing {
  private Hashing() {}

  static MessageDigest md5() {
    return digest("MD5");
  }

  /// The canonical user id of an account: 64 hexadecimal digits that do not show its number.
  static String canonicalUser(String account) {
    byte[] text = ("polder:" + account).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(digest("SHA-256").digest(text));
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
