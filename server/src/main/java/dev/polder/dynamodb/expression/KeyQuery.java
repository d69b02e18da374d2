package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Value;

/// Which items of a table or index a query reads.
///
/// @param partition the value of the partition key
/// @param sort the range of the sort key
/// @param one whether a key of the table is given whole, so that there is one item at most
public record KeyQuery(Value partition, SortRange sort, boolean one) {}
