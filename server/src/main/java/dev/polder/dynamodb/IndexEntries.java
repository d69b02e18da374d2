package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The entries of indexes: copies of those items that have all key attributes of the index.
final class IndexEntries {
  private IndexEntries() {}

  /// Brings an index up to date with a changed item.
  ///
  /// @param encoded the stored form of `after`
  static void change(
      Batch batch,
      Layout.Entries entries,
      @Nullable Item before,
      @Nullable Item after,
      byte @Nullable [] encoded) {
    Key old = before == null ? null : entries.space().find(before);
    Key now = after == null ? null : entries.space().find(after);
    if (old != null && !Objects.equals(old, now)) {
      batch.delete(old);
    }
    if (now == null || after == null || encoded == null) {
      return;
    }
    if (entries.index().copiesAll()) {
      batch.put(now, encoded);
      return;
    }
    Item copy = after.only(entries.index().copied());
    boolean same =
        Objects.equals(now, old)
            && before != null
            && copy.equals(before.only(entries.index().copied()));
    if (!same) {
      batch.put(now, ItemEncoding.encode(copy));
    }
  }

  /// Puts the entry of an item, if it has one, into an index that is being filled.
  static void fill(Batch batch, Layout.Entries entries, Item item) {
    change(batch, entries, null, item, ItemEncoding.encode(item));
  }

  /// Takes note of what a changed item does to the size of an index.
  static void count(
      Statistics.Tally tally, Layout.Entries entries, @Nullable Item before, @Nullable Item after) {
    Item old = copy(entries, before);
    Item now = copy(entries, after);
    if (old != null || now != null) {
      Statistics.changed(tally, old, now);
    }
  }

  private static @Nullable Item copy(Layout.Entries entries, @Nullable Item item) {
    if (item == null || entries.space().find(item) == null) {
      return null;
    }
    Index index = entries.index();
    return index.copiesAll() ? item : item.only(index.copied());
  }
}
