package dev.polder.stepfunctions;

import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A store whose process ends right after its n-th commit: the commit is on disk, and nothing that
/// the process would do afterwards happens any more.
final class DyingStore implements Store {
  private final Store store;
  private final AtomicInteger left;

  DyingStore(Store store, int commits) {
    this.store = store;
    this.left = new AtomicInteger(commits);
  }

  /// Thrown by everything that a dead process would still do.
  static final class Dead extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  boolean isDead() {
    return left.get() <= 0;
  }

  Store inner() {
    return store;
  }

  private void living() {
    if (isDead()) {
      throw new Dead();
    }
  }

  @Override
  public synchronized void commit(Batch batch) {
    living();
    store.commit(batch);
    if (left.decrementAndGet() <= 0) {
      throw new Dead();
    }
  }

  @Override
  public byte @Nullable [] get(Key key) {
    living();
    return store.get(key);
  }

  @Override
  public Scan scan(KeyRange range) {
    living();
    return store.scan(range);
  }

  @Override
  public Scan scanReverse(KeyRange range) {
    living();
    return store.scanReverse(range);
  }

  @Override
  public Snapshot snapshot() {
    living();
    return store.snapshot();
  }

  @Override
  public void close() {}
}
