package dev.polder.stepfunctions.conformance;

import dev.polder.store.Batch;
import dev.polder.store.ForwardingStore;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.nio.file.Path;

/// One store on disk for many cases, each of which forgets what the one before wrote.
final class OneStore extends ForwardingStore {
  private OneStore(Store store) {
    super(store);
  }

  static OneStore in(Path directory) {
    return new OneStore(RocksStore.open(directory));
  }

  /// Forgets everything.
  void clear() {
    commit(new Batch().deleteRange(KeyRange.prefix(Key.of("stepfunctions"))));
  }
}
