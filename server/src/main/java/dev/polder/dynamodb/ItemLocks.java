package dev.polder.dynamodb;

import dev.polder.store.Key;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Locks over items, held from the reading of an item to the commit of its change. Items share a
/// fixed number of locks by the hash of their keys; who needs several takes them in one order, so
/// that nobody waits in a circle.
final class ItemLocks {
  private static final int STRIPES = 1 << 13;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  ItemLocks() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /// Locks that are released when closed, by the thread that took them.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// An item that somebody else holds for longer than a transaction waits.
  static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Key key;

    BusyException(Key key) {
      super("The item is held by somebody else");
      this.key = key;
    }

    Key key() {
      return key;
    }
  }

  /// Locks one item.
  Held hold(Key key) {
    ReentrantLock lock = stripes[stripe(key)];
    lock.lock();
    return lock::unlock;
  }

  /// Locks several items.
  Held hold(Collection<Key> keys) {
    int[] wanted = stripes(keys);
    for (int stripe : wanted) {
      stripes[stripe].lock();
    }
    return () -> release(wanted, wanted.length);
  }

  /// Locks several items, and gives up where somebody holds one of them for too long.
  ///
  /// @throws BusyException naming an item that is held; nothing is locked then
  Held hold(Collection<Key> keys, long seconds) {
    int[] wanted = stripes(keys);
    for (int i = 0; i < wanted.length; i++) {
      if (!taken(stripes[wanted[i]], seconds)) {
        release(wanted, i);
        int busy = wanted[i];
        throw new BusyException(
            keys.stream().filter(key -> stripe(key) == busy).findFirst().orElseThrow());
      }
    }
    return () -> release(wanted, wanted.length);
  }

  private static boolean taken(ReentrantLock lock, long seconds) {
    try {
      return lock.tryLock(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void release(int[] held, int count) {
    for (int i = count - 1; i >= 0; i--) {
      stripes[held[i]].unlock();
    }
  }

  private static int[] stripes(Collection<Key> keys) {
    int[] wanted = new int[keys.size()];
    int count = 0;
    for (Key key : keys) {
      wanted[count++] = stripe(key);
    }
    Arrays.sort(wanted);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || wanted[i] != wanted[i - 1]) {
        wanted[distinct++] = wanted[i];
      }
    }
    return Arrays.copyOf(wanted, distinct);
  }

  private static int stripe(Key key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }
}
