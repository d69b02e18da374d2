package dev.polder.appsync.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A signed JSON Web Token, read but not yet believed.
///
/// https://www.rfc-editor.org/rfc/rfc7515
///
/// @param header such as `{alg: "RS256", kid: "…"}`
/// @param signed what the signature is over
record Jwt(
    Map<String, @Nullable Object> header,
    Map<String, @Nullable Object> claims,
    byte[] signed,
    byte[] signature) {

  private static final int LONGEST = 16 << 10;

  /// Reads a token, with or without `Bearer` before it; empty where the text is none.
  static Optional<Jwt> parse(String text) {
    String token = text.regionMatches(true, 0, "Bearer ", 0, 7) ? text.substring(7) : text;
    String[] part = token.strip().split("\\.", -1);
    if (part.length != 3 || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var decoder = Base64.getUrlDecoder();
      return Optional.of(
          new Jwt(
              object(decoder.decode(part[0])),
              object(decoder.decode(part[1])),
              (part[0] + "." + part[1]).getBytes(US_ASCII),
              decoder.decode(part[2])));
    } catch (IllegalArgumentException | Json.Malformed e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(byte[] json) {
    return (Map<String, @Nullable Object>)
        (Map<String, ?>) Json.parseObject(new String(json, UTF_8));
  }

  /// The first two parts of a token, ready to be signed.
  static String unsigned(Map<String, ?> header, Map<String, ?> claims) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(Json.write(header).getBytes(UTF_8))
        + "."
        + encoder.encodeToString(Json.write(claims).getBytes(UTF_8));
  }

  String algorithm() {
    return header.get("alg") instanceof String name ? name : "";
  }

  @Nullable String keyId() {
    return header.get("kid") instanceof String id ? id : null;
  }

  /// A claim that is text; empty where it is not.
  String text(String claim) {
    return claims.get(claim) instanceof String text ? text : "";
  }

  /// A claim that is a number of seconds; empty where it is not.
  Optional<Long> seconds(String claim) {
    return claims.get(claim) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "Jwt[" + header + "]";
  }
}
