package dev.polder.dynamodb;

import dev.polder.store.Batch;
import dev.polder.store.ForwardingStore;
import dev.polder.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A store whose disk can be full: it then refuses every commit and can still be read.
final class RefusingStore extends ForwardingStore {
  private volatile boolean full;
  // How many more commits there is room for; below 0 where that is not limited.
  private volatile int room = -1;

  RefusingStore(Store store) {
    super(store);
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
    super.commit(batch);
  }
}
