package dev.polder.dynamodb;

import dev.polder.store.Batch;
import dev.polder.store.ForwardingStore;
import dev.polder.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A store whose disk can be full: it then refuses every commit and can still be read.
final class RefusingStore extends ForwardingStore {
  private volatile boolean full;

  RefusingStore(Store store) {
    super(store);
  }

  void fill() {
    full = true;
  }

  void makeRoom() {
    full = false;
  }

  @Override
  public void commit(Batch batch) {
    if (full) {
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
    super.commit(batch);
  }
}
