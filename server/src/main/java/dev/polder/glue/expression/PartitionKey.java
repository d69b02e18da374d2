package dev.polder.glue.expression;

/// A partition key as the table declares it.
///
/// @param name compared without regard to case
/// @param type a Hive type such as `string` or `decimal(10,2)`
public record PartitionKey(String name, String type) {}
