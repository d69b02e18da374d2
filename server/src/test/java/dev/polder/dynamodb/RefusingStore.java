package dev.polder.dynamodb;

import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A store whose disk can be full: it then refuses every commit and can still be read.
final class RefusingStore implements Store {
  private final Store store;
  private volatile boolean full;
  // How many more commits there is room for; below 0 where that is not limited.
  private volatile int room = -1;

  RefusingStore(Store store) {
    this.store = store;
  }

  void fill() {
    full = true;
  }

  /// Lets it be full after some more commits.
  void fillAfter(int commits) {
    room = commits;
  }

  void makeRoom() {
    room = -1;
    full = false;
  }

  @Override
  public void commit(Batch batch) {
    if (room == 0) {
      full = true;
    }
    if (room > 0) {
      room--;
    }
    if (full) {
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
    store.commit(batch);
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
  public Snapshot snapshot() {
    return store.snapshot();
  }

  @Override
  public void close() {
    store.close();
  }
}
