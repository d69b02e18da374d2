package dev.polder.s3;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// Locks for names that are without number: names share a fixed set of them. A thread takes a
/// bucket's before a key's, and at most one of each.
final class Locks {
  private final ReadWriteLock[] locks;

  Locks(int count) {
    locks = new ReadWriteLock[count];
    for (int i = 0; i < count; i++) {
      locks[i] = new ReentrantReadWriteLock();
    }
  }

  ReadWriteLock of(Object name) {
    int hash = name.hashCode() * 0x9E3779B9;
    return locks[Math.floorMod(hash ^ hash >>> 16, locks.length)];
  }

  /// Something that fails as the disk fails.
  interface Action<T extends @Nullable Object> {
    T run() throws IOException;
  }

  static <T extends @Nullable Object> T holding(Lock lock, Action<T> action) throws IOException {
    lock.lock();
    try {
      return action.run();
    } finally {
      lock.unlock();
    }
  }
}
