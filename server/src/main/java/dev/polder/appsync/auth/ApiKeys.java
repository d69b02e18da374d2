package dev.polder.appsync.auth;

import dev.polder.kernel.Ids;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of all APIs.
public final class ApiKeys {
  private static final int LETTERS = 26;

  private final Store store;
  private final Time time;

  public ApiKeys(Store store, Time time) {
    this.store = store;
    this.time = time;
  }

  /// A new id, which cannot be guessed.
  public static String newId(Ids ids) {
    String letters = (ids.uuid() + ids.uuid()).replace("-", "");
    return "da2-" + letters.substring(0, LETTERS);
  }

  private static Key prefix(Scope scope, String apiId) {
    return Key.of("appsync", scope.account(), scope.region(), "key", apiId);
  }

  private static Key key(Scope scope, String apiId, String id) {
    return Key.of("appsync", scope.account(), scope.region(), "key", apiId, id);
  }

  /// Adds or replaces a key, in a batch that the caller commits.
  public Batch put(Batch batch, Scope scope, String apiId, ApiKey key) {
    return batch.put(key(scope, apiId, key.id()), key.bytes());
  }

  /// Takes a key away, in a batch that the caller commits.
  public Batch delete(Batch batch, Scope scope, String apiId, String id) {
    return batch.delete(key(scope, apiId, id));
  }

  /// Takes all keys of an API away, in a batch that the caller commits.
  public Batch deleteAll(Batch batch, Scope scope, String apiId) {
    return batch.deleteRange(KeyRange.prefix(prefix(scope, apiId)));
  }

  /// A key, expired or not, until it is forgotten.
  public Optional<ApiKey> find(Scope scope, String apiId, String id) {
    byte[] bytes = store.get(key(scope, apiId, id));
    return bytes == null ? Optional.empty() : Optional.of(ApiKey.of(bytes)).filter(this::isKnown);
  }

  /// The keys of an API in the order of their ids.
  public List<ApiKey> list(Scope scope, String apiId) {
    List<ApiKey> keys = new ArrayList<>();
    try (var scan = store.scan(KeyRange.prefix(prefix(scope, apiId)))) {
      scan.forEachRemaining(entry -> keys.add(ApiKey.of(entry.value())));
    }
    keys.removeIf(key -> !isKnown(key));
    return keys;
  }

  private boolean isKnown(ApiKey key) {
    return key.deletes().isAfter(time.instant());
  }

  /// True if the key is one of the API's and has not expired.
  boolean accepts(Scope scope, String apiId, String id) {
    return find(scope, apiId, id).filter(key -> key.expires().isAfter(time.instant())).isPresent();
  }
}
