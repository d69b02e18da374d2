package dev.polder.s3;

import dev.polder.kernel.Digests;
import java.security.MessageDigest;

/// The digests that S3 is made of.
final class Hashing {
  private Hashing() {}

  static MessageDigest md5() {
    return Digests.of("MD5");
  }

  /// The canonical user id of an account: 64 hexadecimal digits that do not show its number.
  static String canonicalUser(String account) {
    return Digests.sha256Hex("polder:" + account);
  }
}
