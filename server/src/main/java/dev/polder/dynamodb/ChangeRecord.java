package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One change of one item, as a stream shows it.
///
/// @param key the item's key attributes
/// @param before as the stream's view shows it; null where it does not, or there was no item
/// @param after as the stream's view shows it; null where it does not, or there is no item
record ChangeRecord(
    Kind kind, Origin origin, Instant time, Item key, @Nullable Item before, @Nullable Item after) {

  /// What happened to the item, by the names on the wire.
  enum Kind {
    INSERT,
    MODIFY,
    REMOVE
  }

  /// Who changed the item.
  enum Origin {
    CLIENT,
    /// The service itself, because the item's time had come.
    EXPIRY
  }

  /// The bytes that the record's attributes count for.
  int size() {
    return key.size() + (before == null ? 0 : before.size()) + (after == null ? 0 : after.size());
  }
}
