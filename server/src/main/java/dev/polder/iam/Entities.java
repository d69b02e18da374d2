package dev.polder.iam;

import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The entities of one kind that an account has, each by its name, in the store.
final class Entities<T extends Entities.Entity> {
  private final Store store;
  private final Key all;
  private final Function<byte[], T> reader;

  /// @param kind such as `role`
  Entities(Store store, String account, String kind, Function<byte[], T> reader) {
    this.store = store;
    this.all = Key.of("iam", account, "aws-global", kind);
    this.reader = reader;
  }

  /// A role or a policy.
  interface Entity {
    String name();

    /// Its stored form.
    byte[] bytes();
  }

  /// An entity as it is stored, to require that it still is so when it is changed.
  record Held<T extends Entity>(Key key, byte[] bytes, T value) {
    Batch replace(Batch batch, T changed) {
      return batch.require(key, bytes).put(key, changed.bytes());
    }

    Batch remove(Batch batch) {
      return batch.require(key, bytes).delete(key);
    }
  }

  /// A page of a listing.
  ///
  /// @param marker where the next page begins; null at the end
  record Page<T>(List<T> items, @Nullable String marker) {}

  /// The stored form; null if there is none.
  byte @Nullable [] stored(String name) {
    return store.get(all.with(name));
  }

  Optional<Held<T>> find(String name) {
    byte[] bytes = stored(name);
    return bytes == null
        ? Optional.empty()
        : Optional.of(new Held<>(all.with(name), bytes, reader.apply(bytes)));
  }

  /// Adds an entity; false if there is one of its name.
  boolean create(T entity) {
    Key key = all.with(entity.name());
    return store.tryCommit(new Batch().require(key, null).put(key, entity.bytes()));
  }

  /// Commits what is decided on the entities as they are, again where somebody else changed them
  /// meanwhile.
  ///
  /// @param decide asked at each attempt; its exceptions end them
  void change(Supplier<Batch> decide) {
    boolean done = false;
    while (!done) {
      done = store.tryCommit(decide.get());
    }
  }

  /// A page in the order of names.
  ///
  /// @param marker of the page before; null to begin at the first
  Page<T> page(@Nullable String marker, int size, Predicate<T> wanted) {
    KeyRange range =
        marker == null ? KeyRange.prefix(all) : KeyRange.prefixAfter(all, all.with(marker));
    List<T> found = new ArrayList<>();
    String last = marker;
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext()) {
        if (found.size() == size) {
          return new Page<>(found, last);
        }
        T entity = reader.apply(scan.next().value());
        last = entity.name();
        if (wanted.test(entity)) {
          found.add(entity);
        }
      }
    }
    return new Page<>(found, null);
  }
}
