package dev.polder.dynamodb;

import dev.polder.store.Key;
import org.jspecify.annotations.Nullable;

/// The change of one item.
///
/// @param key where the item is, or would be
/// @param found where the item was found by what deletes it; null if it is still to be read
record Step(OpenTable table, Key key, Change change, @Nullable Found found) {

  /// An item that a [Sweep] has found.
  ///
  /// @param stored the item's stored form
  /// @param emptied where the sweep deletes all entries of a range, so that the item's own there
  ///   need not be; null for nowhere
  @SuppressWarnings("ArrayRecordComponent") // Handed on as it was read, never compared.
  record Found(byte[] stored, @Nullable Space emptied) {}

  Step(OpenTable table, Key key, Change change) {
    this(table, key, change, null);
  }

  /// The deletion of an item that was found.
  static Step deletion(OpenTable table, Key key, Found found) {
    return new Step(table, key, _ -> null, found);
  }

  /// True if the item's key or entry there goes with a whole range.
  boolean isEmptied(Space space) {
    return found != null && found.emptied == space;
  }
}
