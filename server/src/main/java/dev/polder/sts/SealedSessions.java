package dev.polder.sts;

import dev.polder.kernel.Digests;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import dev.polder.kernel.Sessions;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sessions that nothing has to remember: the token says whom the session speaks for and until
/// when, sealed with a key that only this store holds, and the secret follows from the key id.
final class SealedSessions implements Sessions {
  private static final Key SEAL = Key.of("sts", "seal");
  private static final int REMEMBERED = 1024;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final Store store;
  private final Ids ids;
  private final InstantSource time;
  // Tokens whose seal was checked: every request of a function brings the same one.
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();

  SealedSessions(Store store, Ids ids, InstantSource time) {
    this.store = store;
    this.ids = ids;
    this.time = time;
  }

  /// What a token says whose seal was found whole.
  private record Opened(String keyId, long until, Session session) {}

  /// Credentials as they are handed out.
  record Issued(String accessKeyId, String secretKey, String token, Instant expiration) {}

  Issued issue(String account, String arn, String userId, Instant expiration) {
    String keyId = "ASIA" + base32(Digests.hmac(seal(), "id" + ids.uuid()), 16);
    String body =
        Json.write(
            Map.of(
                "key",
                keyId,
                "account",
                account,
                "arn",
                arn,
                "user",
                userId,
                "until",
                expiration.getEpochSecond()));
    String text = ENCODER.encodeToString(body.getBytes(StandardCharsets.UTF_8));
    return new Issued(keyId, secret(keyId), text + "." + stamp(text), expiration);
  }

  @Override
  public Optional<Session> find(String accessKeyId, String token) {
    Optional<Opened> opened = open(token);
    return opened
        .filter(each -> each.keyId.equals(accessKeyId))
        .filter(each -> time.instant().getEpochSecond() < each.until)
        .map(Opened::session);
  }

  private Optional<Opened> open(String token) {
    Opened known = opened.get(token);
    if (known == null) {
      known = unsealed(token).orElse(null);
      if (known != null) {
        if (opened.size() >= REMEMBERED) {
          opened.clear();
        }
        opened.put(token, known);
      }
    }
    return Optional.ofNullable(known);
  }

  private Optional<Opened> unsealed(String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || !isStamp(token.substring(0, dot), token.substring(dot + 1))) {
      return Optional.empty();
    }
    byte[] body = Base64.getUrlDecoder().decode(token.substring(0, dot));
    Map<String, Object> session = Json.parseObject(new String(body, StandardCharsets.UTF_8));
    String keyId = text(session, "key");
    return Optional.of(
        new Opened(
            keyId,
            ((Number) session.getOrDefault("until", 0)).longValue(),
            new Session(
                secret(keyId),
                text(session, "account"),
                text(session, "arn"),
                text(session, "user"))));
  }

  /// An identifier of letters and digits that is always the same for the same name.
  static String derived(String name, int length) {
    return base32(Digests.sha256(name.getBytes(StandardCharsets.UTF_8)), length);
  }

  private static String text(Map<String, Object> session, String name) {
    return String.valueOf(session.get(name));
  }

  private String secret(String keyId) {
    return ENCODER.encodeToString(Digests.hmac(seal(), "secret" + keyId)).substring(0, 40);
  }

  private String stamp(String text) {
    return ENCODER.encodeToString(Digests.hmac(seal(), text));
  }

  private boolean isStamp(String text, String given) {
    return MessageDigest.isEqual(
        stamp(text).getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
  }

  /// The key of this store, made when it is first needed.
  private byte[] seal() {
    byte[] known = store.get(SEAL);
    if (known != null) {
      return known;
    }
    byte[] made = (ids.uuid() + ids.uuid() + ids.uuid()).getBytes(StandardCharsets.US_ASCII);
    boolean first = store.tryCommit(new Batch().require(SEAL, null).put(SEAL, made));
    return first ? made : seal();
  }

  private static String base32(byte[] bytes, int length) {
    var out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      out.append(BASE32.charAt(bytes[i] & 31));
    }
    return out.toString();
  }
}
