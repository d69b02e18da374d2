package dev.polder.dynamodb;

import dev.polder.store.Key;

/// The change of one item.
///
/// @param key where the item is, or would be
record Step(OpenTable table, Key key, Change change) {}
