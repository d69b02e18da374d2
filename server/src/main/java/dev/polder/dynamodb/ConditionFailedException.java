package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import org.jspecify.annotations.Nullable;

/// An item is not as a request demands. Nothing was changed.
final class ConditionFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Item item;

  /// @param item the item as it is, where the request asked to see it
  ConditionFailedException(@Nullable Item item) {
    super("The conditional request failed", null, false, false);
    this.item = item;
  }

  @Nullable Item item() {
    return item;
  }
}
