package dev.polder.athena;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Small JSON documents of one kind in the store, each by its name.
final class Documents {
  private final Store store;
  private final String kind;

  Documents(Store store, String kind) {
    this.store = store;
    this.kind = kind;
  }

  private Key all(Scope scope) {
    return Key.of("athena", scope.account(), scope.region(), kind);
  }

  private Key key(Scope scope, List<String> name) {
    Key key = all(scope);
    for (String part : name) {
      key = key.with(part);
    }
    return key;
  }

  Optional<Map<String, Object>> find(Scope scope, String... name) {
    byte[] bytes = store.get(key(scope, List.of(name)));
    return bytes == null ? Optional.empty() : Optional.of(JsonObject.of(bytes).members());
  }

  void put(Scope scope, Map<String, ?> document, String... name) {
    store.commit(new Batch().put(key(scope, List.of(name)), JsonObject.bytes(document)));
  }

  /// Adds a document if there is none of this name.
  boolean add(Scope scope, Map<String, ?> document, String... name) {
    Key key = key(scope, List.of(name));
    return store.tryCommit(new Batch().require(key, null).put(key, JsonObject.bytes(document)));
  }

  void remove(Scope scope, String... name) {
    store.commit(new Batch().delete(key(scope, List.of(name))));
  }

  /// Documents in the order of their names.
  ///
  /// @param within names begin with these parts
  /// @param after the last name of the page before, or null
  Page list(Scope scope, List<String> within, @Nullable String after, int most) {
    Key prefix = key(scope, within);
    KeyRange range =
        after == null ? KeyRange.prefix(prefix) : KeyRange.prefixAfter(prefix, prefix.with(after));
    List<Map<String, Object>> found = new ArrayList<>();
    String last = null;
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && found.size() < most) {
        Scan.Entry e = scan.next();
        found.add(JsonObject.of(e.value()).members());
        last = e.key().string(-1);
      }
      return new Page(found, scan.hasNext() ? last : null);
    }
  }

  /// @param next the token of the page behind, null at the end
  record Page(List<Map<String, Object>> items, @Nullable String next) {}
}
