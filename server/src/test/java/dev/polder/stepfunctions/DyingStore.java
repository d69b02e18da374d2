package dev.polder.stepfunctions;

import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A store whose process ends right after its n-th commit: the commit is on disk, and nothing that
/// the process would do afterwards happens any more. Threads of the process may run on for a
/// moment, and a skipping clock with them, so it is the store that says when its process ended.
final class DyingStore implements Store {
  private final Store store;
  private final AtomicInteger left;
  private volatile @Nullable InstantSource clock;
  private volatile @Nullable Instant death;

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

  /// Reads the moment of the last commit from this clock.
  void tellsTimeBy(InstantSource time) {
    clock = time;
  }

  /// When the last commit was made; null while the process lives or without a clock.
  @Nullable Instant death() {
    return death;
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
    InstantSource time = clock;
    if (left.get() == 1 && time != null) {
      death = time.instant();
    }
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
