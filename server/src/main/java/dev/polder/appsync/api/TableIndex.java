package dev.polder.appsync.api;

/// A secondary index; it holds whole items.
///
/// @param name as in the table, such as `byPost` or `gsi-Todo.comments`
/// @param local true for a local index, which shares the table's partition key
public record TableIndex(String name, TableKey key, boolean local) {}
