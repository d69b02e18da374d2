package dev.polder.lambda;

import dev.polder.kernel.Scope;
import dev.polder.lambda.EventSourceMapping.Progress;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The event source mappings of this process in the store, and how far each has come.
final class MappingStore {
  private static final String MAPPING = "mapping";

  private final Store store;

  MappingStore(Store store) {
    this.store = store;
  }

  private static Key all(Scope scope, String kind) {
    return Key.of("lambda", scope.account(), scope.region(), kind);
  }

  private static Key key(Scope scope, String id) {
    return all(scope, MAPPING).with(id);
  }

  private static Key progressKey(EventSourceMapping mapping) {
    return all(mapping.function().scope(), "progress").with(mapping.id());
  }

  Optional<EventSourceMapping> find(Scope scope, String id) {
    byte[] bytes = store.get(key(scope, id));
    return bytes == null ? Optional.empty() : Optional.of(EventSourceMapping.of(id, bytes));
  }

  Progress progress(EventSourceMapping mapping) {
    return Progress.of(store.get(progressKey(mapping)));
  }

  void create(EventSourceMapping mapping, Progress progress) {
    store.commit(
        new Batch()
            .put(key(mapping.function().scope(), mapping.id()), mapping.bytes())
            .put(progressKey(mapping), progress.bytes()));
  }

  /// Writes down how far a mapping has come, unless it was deleted meanwhile.
  void put(EventSourceMapping mapping, Progress progress) {
    Key key = key(mapping.function().scope(), mapping.id());
    while (true) {
      byte[] present = store.get(key);
      if (present == null) {
        return;
      }
      // A change meanwhile does not bear on what is done.
      if (store.tryCommit(
          new Batch().require(key, present).put(progressKey(mapping), progress.bytes()))) {
        return;
      }
    }
  }

  /// Changes a mapping as it is.
  ///
  /// @throws software.amazon.awssdk.services.lambda.model.ResourceNotFoundException if there is
  ///   none
  EventSourceMapping update(Scope scope, String id, UnaryOperator<EventSourceMapping> change) {
    Key key = key(scope, id);
    while (true) {
      byte[] before = store.get(key);
      if (before == null) {
        throw LambdaErrors.noMapping();
      }
      EventSourceMapping after = change.apply(EventSourceMapping.of(id, before));
      if (store.tryCommit(new Batch().require(key, before).put(key, after.bytes()))) {
        return after;
      }
    }
  }

  void delete(EventSourceMapping mapping) {
    store.commit(
        new Batch()
            .delete(key(mapping.function().scope(), mapping.id()))
            .delete(progressKey(mapping)));
  }

  /// The mappings of an account and region by their ids.
  ///
  /// @param after begins behind this id; null at the first
  List<EventSourceMapping> list(Scope scope, @Nullable String after) {
    Key all = all(scope, MAPPING);
    KeyRange range =
        after == null ? KeyRange.prefix(all) : KeyRange.prefixAfter(all, all.with(after));
    List<EventSourceMapping> found = new ArrayList<>();
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext()) {
        var entry = scan.next();
        found.add(EventSourceMapping.of(entry.key().string(-1), entry.value()));
      }
    }
    return found;
  }

  /// Every mapping of the process.
  List<EventSourceMapping> all() {
    List<EventSourceMapping> found = new ArrayList<>();
    try (Scan scan = store.scan(new KeyRange(Key.of("lambda"), AsyncInvocations.QUEUE))) {
      while (scan.hasNext()) {
        var entry = scan.next();
        if (MAPPING.equals(entry.key().parts().get(3))) {
          found.add(EventSourceMapping.of(entry.key().string(-1), entry.value()));
        }
      }
    }
    return found;
  }
}
