package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.store.Key;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Items as queries have just read them from an index that copies them whole. Who asks an index for
/// nothing but the keys of items is about to write these items, and every write begins with reading
/// the item again.
///
/// An item counts only if nobody has changed it since the query began. Changes and queries take
/// their numbers from one clock: a query before it opens its walk, a change after it is written and
/// while its lock is held. What a query read without a change is thus older than that change's
/// number.
final class RecentItems {
  private static final int SLOTS = 1 << 12;
  private static final int LARGEST = 2 << 10;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicReferenceArray<Known> known = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLongArray changes = new AtomicLongArray(SLOTS);

  @SuppressWarnings("ArrayRecordComponent") // Handed on as it was read, never compared.
  private record Known(Key key, byte[] stored, long moment) {}

  /// What one query sees.
  final class Sight {
    private final Space items;
    private final long moment = clock.get();

    private Sight(Space items) {
      this.items = items;
    }

    /// Notes an item.
    ///
    /// @param stored the entry, which is the item's own form
    void saw(Item item, byte[] stored) {
      Key key = stored.length > LARGEST ? null : items.find(item);
      if (key != null) {
        known.setRelease(slot(key), new Known(key, stored, moment));
      }
    }
  }

  /// Begins a query; to be called before its walk is opened.
  ///
  /// @param items where the table's items are
  Sight look(Space items) {
    return new Sight(items);
  }

  /// The stored form of an item that the caller has locked; null where it has to be read.
  byte @Nullable [] find(Key item) {
    int slot = slot(item);
    Known found = known.getAcquire(slot);
    return found != null && found.moment >= changes.get(slot) && found.key.equals(item)
        ? found.stored
        : null;
  }

  /// Notes that an item, which the caller has locked, was written or may have been.
  void changed(Key item) {
    long moment = clock.incrementAndGet();
    changes.accumulateAndGet(slot(item), moment, Math::max);
  }

  private static int slot(Key key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }
}
