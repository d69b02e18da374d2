package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import org.jspecify.annotations.Nullable;

/// What is to become of an item.
@FunctionalInterface
interface Change {

  /// The item as it shall be. Called while nobody else can change the item.
  ///
  /// @param before the item as it is; null where there is none
  /// @return null where there shall be none
  /// @throws ConditionFailedException if the item is not as it must be
  /// @throws dev.polder.dynamodb.item.ValidationException if the change cannot be made
  @Nullable Item apply(@Nullable Item before);
}
