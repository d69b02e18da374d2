package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import org.jspecify.annotations.Nullable;

/// What a change has made of an item. Used by one thread.
final class Outcome {
  private final Layout layout;
  private final byte @Nullable [] storedBefore;
  private final @Nullable Item after;
  private final byte @Nullable [] storedAfter;
  private @Nullable Item before; // read when first asked for: many deletions need the bytes alone

  private Outcome(
      Layout layout,
      @Nullable Item before,
      byte @Nullable [] storedBefore,
      @Nullable Item after,
      byte @Nullable [] storedAfter) {
    this.layout = layout;
    this.before = before;
    this.storedBefore = storedBefore;
    this.after = after;
    this.storedAfter = storedAfter;
  }

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

  /// Of the deletion of an item, whatever it is.
  static Outcome ofDeletion(Layout layout, byte[] stored) {
    return new Outcome(layout, null, stored, null, null);
  }

  /// The layout of the table at that moment.
  Layout layout() {
    return layout;
  }

  /// Null where there was no item.
  @Nullable Item before() {
    if (before == null && storedBefore != null) {
      before = ItemEncoding.decode(storedBefore);
    }
    return before;
  }

  /// The stored form of the item before.
  byte @Nullable [] storedBefore() {
    return storedBefore;
  }

  /// Null where there is none.
  @Nullable Item after() {
    return after;
  }

  /// The stored form of the item after; the same array as before where nothing changed.
  byte @Nullable [] storedAfter() {
    return storedAfter;
  }

  /// False if the item is as it was.
  boolean isChange() {
    return storedBefore != storedAfter;
  }

  /// What the change adds to the number of items: 1, 0 or -1.
  int growth() {
    return (storedAfter == null ? 0 : 1) - (storedBefore == null ? 0 : 1);
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
