package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one request has read of a table or index: 1 MB at most, counted before the filter.
///
/// @param items those that the filter let through; none where only their number was asked for
/// @param count how many the filter let through
/// @param scanned how many were read
/// @param entryBytes what was read of the table or index itself
/// @param fetchedBytes what was read of the table for entries of a local index
/// @param last the entry at which reading stopped; null at the end
record Page(
    List<Item> items,
    int count,
    int scanned,
    long entryBytes,
    long fetchedBytes,
    @Nullable Item last) {
  static final long MOST_BYTES = 1 << 20;

  /// How to read.
  ///
  /// @param forward in the order of the keys, or against it
  /// @param limit how many entries at most
  /// @param whole where to find the whole items of entries; null where entries will do
  /// @param counting whether only the number of items is wanted
  /// @param sight to be told of every entry; null for nobody
  record Reading(
      KeyRange range,
      boolean forward,
      int limit,
      Condition filter,
      @Nullable Space whole,
      boolean counting,
      RecentItems.@Nullable Sight sight) {}

  static Page read(Store store, Reading reading) {
    List<Item> items = new ArrayList<>();
    int count = 0;
    int scanned = 0;
    long bytes = 0;
    long fetched = 0;
    Item last = null;
    try (Scan scan = scan(store, reading)) {
      while (scanned < reading.limit && bytes < MOST_BYTES && scan.hasNext()) {
        byte[] stored = scan.next().value();
        Item entry = ItemEncoding.decode(stored);
        Item item = reading.whole == null ? entry : whole(store, reading.whole, entry);
        if (reading.sight != null) {
          reading.sight.saw(entry, stored);
        }
        scanned++;
        bytes += ItemEncoding.size(stored);
        fetched += reading.whole == null ? 0 : item.size();
        last = entry;
        if (reading.filter == Condition.ALWAYS || reading.filter.matches(item)) {
          count++;
          if (!reading.counting) {
            items.add(item);
          }
        }
      }
    }
    boolean stopped = scanned >= reading.limit || bytes >= MOST_BYTES;
    return new Page(items, count, scanned, bytes, fetched, stopped ? last : null);
  }

  private static Scan scan(Store store, Reading reading) {
    return reading.forward ? store.scan(reading.range) : store.scanReverse(reading.range);
  }

  // An item that was deleted meanwhile is answered as the entry shows it.
  private static Item whole(Store store, Space space, Item entry) {
    Key key = space.find(entry);
    byte[] stored = key == null ? null : store.get(key);
    return stored == null ? entry : ItemEncoding.decode(stored);
  }
}
