package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import org.jspecify.annotations.Nullable;

/// What a change has made of an item.
///
/// @param layout of the table at that moment
/// @param before null where there was no item
/// @param sizeBefore in bytes; 0 where there was no item
/// @param after null where there is none
record Outcome(Layout layout, @Nullable Item before, int sizeBefore, @Nullable Item after) {}
