package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.util.Objects;

/// The entries of indexes: copies of those items that have all key attributes of the index.
final class IndexEntries {
  private IndexEntries() {}

  /// Brings an index up to date with a changed item.
  ///
  /// @return what the change adds to the size of the index
  static Statistics.Growth change(
      Batch batch, Layout.Entries entries, Outcome outcome, Statistics.Tally tally) {
    Item before = outcome.before();
    Item after = outcome.after();
    Key old = before == null ? null : entries.space().find(before);
    Key now = after == null ? null : entries.space().find(after);
    int items = (now == null ? 0 : 1) - (old == null ? 0 : 1);
    if (old != null && !Objects.equals(old, now)) {
      batch.delete(old);
    }
    Index index = entries.index();
    Item oldCopy = old == null || before == null || index.copiesAll() ? null : copy(index, before);
    int oldSize = oldCopy != null ? oldCopy.size() : old == null ? 0 : outcome.sizeBefore();
    byte[] entry = outcome.storedAfter();
    if (now == null || after == null || entry == null) {
      return new Statistics.Growth(tally, items, -oldSize);
    }
    if (!index.copiesAll()) {
      Item copy = copy(index, after);
      if (Objects.equals(now, old) && copy.equals(oldCopy)) {
        return new Statistics.Growth(tally, 0, 0);
      }
      entry = ItemEncoding.encode(copy);
    }
    batch.put(now, entry);
    return new Statistics.Growth(tally, items, (long) ItemEncoding.size(entry) - oldSize);
  }

  private static Item copy(Index index, Item item) {
    return item.only(index.copied());
  }

  /// What the deletion of an item takes from the size of an index whose entry goes otherwise.
  static Statistics.Growth deletion(
      Layout.Entries entries, Outcome outcome, Statistics.Tally tally) {
    Index index = entries.index();
    Item before = index.copiesAll() ? null : outcome.before();
    int size = before == null ? outcome.sizeBefore() : copy(index, before).size();
    return new Statistics.Growth(tally, -1, -size);
  }

  /// Puts the entry of an item, if it has one, into an index that is being filled.
  static void fill(Batch batch, Layout.Entries entries, Item item) {
    Key key = entries.space().find(item);
    if (key != null) {
      Index index = entries.index();
      batch.put(key, ItemEncoding.encode(index.copiesAll() ? item : copy(index, item)));
    }
  }
}
