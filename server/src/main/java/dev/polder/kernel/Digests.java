package dev.polder.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Digests that every JDK has. Texts are taken as UTF-8.
public final class Digests {
  private static final String HMAC = "HmacSHA256";

  private Digests() {}

  public static byte[] sha256(byte[] bytes) {
    return of("SHA-256").digest(bytes);
  }

  /// In lower-case hexadecimal digits.
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }

  /// In lower-case hexadecimal digits.
  public static String sha256Hex(String text) {
    return sha256Hex(text.getBytes(UTF_8));
  }

  /// In lower-case hexadecimal digits.
  public static String md5Hex(String text) {
    return HexFormat.of().formatHex(of("MD5").digest(text.getBytes(UTF_8)));
  }

  /// A digest that takes its bytes in pieces.
  ///
  /// @param algorithm by the JDK's name, one of those that every JDK has, such as `SHA-256`
  public static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }

  /// The HMAC-SHA256 of a text.
  public static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
