package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import org.jspecify.annotations.Nullable;

/// What a change has made of an item.
///
/// @param layout of the table at that moment
/// @param before null where there was no item
/// @param storedBefore the stored form of `before`
/// @param after null where there is none
/// @param storedAfter the stored form of `after`; the same array as before where nothing changed
record Outcome(
    Layout layout,
    @Nullable Item before,
    byte @Nullable [] storedBefore,
    @Nullable Item after,
    byte @Nullable [] storedAfter) {

  /// Applies a change to an item as it is stored.
  ///
  /// @param stored null where there is no item
  static Outcome of(Layout layout, byte @Nullable [] stored, Change change) {
    Item before = stored == null ? null : ItemEncoding.decode(stored);
    Item after = change.apply(before);
    byte[] storedAfter =
        after == null ? null : after.equals(before) ? stored : ItemEncoding.encode(after);
    return new Outcome(layout, before, stored, after, storedAfter);
  }

  /// False if the item is as it was.
  boolean isChange() {
    return storedBefore != storedAfter;
  }

  /// In bytes; 0 where there was no item.
  int sizeBefore() {
    return storedBefore == null ? 0 : ItemEncoding.size(storedBefore);
  }

  /// In bytes; 0 where there is none.
  int sizeAfter() {
    return storedAfter == null ? 0 : ItemEncoding.size(storedAfter);
  }
}
