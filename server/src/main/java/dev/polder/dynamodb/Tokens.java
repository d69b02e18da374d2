package dev.polder.dynamodb;

import dev.polder.kernel.Digests;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// What was done under clients' request tokens in the last ten minutes, so that a request that is
/// sent again does nothing again.
final class Tokens {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  // Each new token takes some that have ended with it, so that they do not pile up.
  private static final int SWEPT = 4;

  private final Store store;
  private final InstantSource time;

  Tokens(Store store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  /// What identifies a request beside its token.
  static String fingerprint(Object request) {
    return Digests.sha256Hex(request.toString());
  }

  /// True if the same request was carried out under this token.
  ///
  /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException if it was another request
  boolean isDone(Scope scope, String token, String fingerprint) {
    byte[] stored = store.get(Keys.token(scope, token));
    if (stored == null) {
      return false;
    }
    JsonObject done = JsonObject.of(stored);
    if (Instant.ofEpochMilli(done.number("end")).isBefore(time.instant())) {
      return false;
    }
    if (!done.text("request").equals(fingerprint)) {
      throw DynamoDbErrors.otherRequest();
    }
    return true;
  }

  /// Notes what is done under a token.
  void add(Batch batch, Scope scope, String token, String fingerprint) {
    long end = time.instant().plus(LIFETIME).toEpochMilli();
    batch.put(
        Keys.token(scope, token), JsonObject.bytes(Map.of("request", fingerprint, "end", end)));
    Key ends = Keys.tokenEnds(scope);
    batch.put(ends.with(end, token), new byte[0]);
    KeyRange ended = new KeyRange(ends, ends.with(time.instant().toEpochMilli()));
    try (Scan scan = store.scan(ended)) {
      for (int i = 0; i < SWEPT && scan.hasNext(); i++) {
        Key old = scan.next().key();
        batch.delete(old);
        if (!old.string(-1).equals(token)) {
          batch.delete(Keys.token(scope, old.string(-1)));
        }
      }
    }
  }
}
