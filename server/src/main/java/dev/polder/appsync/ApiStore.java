package dev.polder.appsync;

import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stored APIs.
///
/// | key | value |
/// |---|---|
/// | `appsync, account, region, api, <apiId>` | the API |
/// | `appsync-ids, <apiId>` | its account and region: requests name only the API |
final class ApiStore {
  private final Store store;

  ApiStore(Store store) {
    this.store = store;
  }

  private static Key key(Scope scope, String apiId) {
    return prefix(scope).with(apiId);
  }

  private static Key prefix(Scope scope) {
    return Key.of("appsync", scope.account(), scope.region(), "api");
  }

  private static Key id(String apiId) {
    return Key.of("appsync-ids", apiId);
  }

  Batch put(Batch batch, StoredApi api) {
    String scope = api.scope().account() + "/" + api.scope().region();
    return batch
        .put(key(api.scope(), api.apiId()), api.bytes())
        .put(id(api.apiId()), scope.getBytes(StandardCharsets.UTF_8));
  }

  Batch delete(Batch batch, StoredApi api) {
    return batch.delete(key(api.scope(), api.apiId())).delete(id(api.apiId()));
  }

  void commit(Batch batch) {
    store.commit(batch);
  }

  /// The API of an id, whatever its account.
  Optional<StoredApi> find(String apiId) {
    byte[] place = store.get(id(apiId));
    if (place == null) {
      return Optional.empty();
    }
    String[] scope = new String(place, StandardCharsets.UTF_8).split("/", 2);
    return find(new Scope(scope[0], scope[1]), apiId);
  }

  Optional<StoredApi> find(Scope scope, String apiId) {
    byte[] bytes = store.get(key(scope, apiId));
    return bytes == null ? Optional.empty() : Optional.of(StoredApi.of(bytes));
  }

  /// The APIs of an account and region in the order of their ids.
  List<StoredApi> list(Scope scope) {
    List<StoredApi> apis = new ArrayList<>();
    try (var scan = store.scan(KeyRange.prefix(prefix(scope)))) {
      scan.forEachRemaining(entry -> apis.add(StoredApi.of(entry.value())));
    }
    return apis;
  }
}
