package dev.polder.stepfunctions.conformance;

import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.RocksStore;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One store on disk for many cases: each case sees only what it wrote itself.
final class OneStore implements Store {
  private final Store store;

  private OneStore(Store store) {
    this.store = store;
  }

  static OneStore in(Path directory) {
    return new OneStore(RocksStore.open(directory));
  }

  @Override
  public byte @Nullable [] get(Key key) {
    return store.get(key);
  }

  @Override
  public Scan scan(KeyRange range) {
    return store.scan(range);
  }

  @Override
  public Scan scanReverse(KeyRange range) {
    return store.scanReverse(range);
  }

  @Override
  public void commit(Batch batch) {
    store.commit(batch);
  }

  @Override
  public Snapshot snapshot() {
    return store.snapshot();
  }

  /// Forgets everything.
  void clear() {
    store.commit(new Batch().deleteRange(KeyRange.prefix(Key.of("stepfunctions"))));
  }

  @Override
  public void close() {
    store.close();
  }
}
