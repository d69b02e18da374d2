package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Type;

/// An attribute that is part of a key.
///
/// @param type a string, number or binary
record KeyAttribute(String name, Type type) {}
