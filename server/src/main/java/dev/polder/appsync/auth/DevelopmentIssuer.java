package dev.polder.appsync.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Ids;
import dev.polder.kernel.time.Time;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Issues tokens like those of a user pool to whoever asks, so that a schema's rules can be tried
/// without a user pool. Its tokens are signed with a secret of this data directory and are good for
/// every user pool and OpenID Connect issuer of this process's APIs; hence it is off unless asked
/// for.
public final class DevelopmentIssuer {
  private static final String ALGORITHM = "HS256";
  private static final String KEY_ID = "polder-development";
  private static final Key SECRET = Key.of("appsync", "development-issuer");

  private final Time time;
  private final Ids ids;
  private final byte[] secret;

  public DevelopmentIssuer(Store store, Time time, Ids ids) {
    this.time = time;
    this.ids = ids;
    this.secret = secret(store, ids);
  }

  private static byte[] secret(Store store, Ids ids) {
    byte[] known = store.get(SECRET);
    if (known != null) {
      return known;
    }
    byte[] made = (ids.uuid() + ids.uuid()).getBytes(US_ASCII);
    boolean first = store.tryCommit(new Batch().require(SECRET, null).put(SECRET, made));
    return first ? made : secret(store, ids);
  }

  /// What a token shall say.
  ///
  /// @param issuer the claim `iss`
  /// @param client the id of the client
  /// @param user the user's name
  /// @param groups of the user
  /// @param claims further claims; they win over the usual ones
  /// @param access true for an access token, false for an id token
  /// @param lasting for how long it is good
  public record Wanted(
      String issuer,
      String client,
      String user,
      List<String> groups,
      Map<String, Object> claims,
      boolean access,
      Duration lasting) {
    public Wanted {
      groups = List.copyOf(groups);
      claims = Map.copyOf(claims);
    }
  }

  /// Issues a token.
  public String issue(Wanted wanted) {
    Instant now = time.instant();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", UUID.nameUUIDFromBytes(wanted.user().getBytes(UTF_8)).toString());
    if (!wanted.groups().isEmpty()) {
      claims.put("cognito:groups", wanted.groups());
    }
    claims.put("iss", wanted.issuer());
    if (wanted.access()) {
      claims.put("client_id", wanted.client());
      claims.put("username", wanted.user());
    } else {
      claims.put("aud", wanted.client());
      claims.put("cognito:username", wanted.user());
    }
    claims.put("token_use", wanted.access() ? "access" : "id");
    claims.put("auth_time", now.getEpochSecond());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(wanted.lasting()).getEpochSecond());
    claims.put("jti", ids.uuid());
    claims.putAll(wanted.claims());
    String unsigned = Jwt.unsigned(Map.of("alg", ALGORITHM, "kid", KEY_ID), claims);
    byte[] signature = sign(unsigned.getBytes(US_ASCII));
    return unsigned + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  /// True if this issued the token.
  boolean verifies(Jwt token) {
    return token.algorithm().equals(ALGORITHM)
        && MessageDigest.isEqual(sign(token.signed()), token.signature());
  }

  private byte[] sign(byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
