package dev.polder.athena.sql;

import java.util.List;
import java.util.Map;

/// What rows are grouped by.
///
/// @param keys text of a grouping expression, as it is over the rows before grouping, to its value
///   after
/// @param columns the names of all keys in order, for `grouping()`
record Grouping(Map<String, Typed> keys, List<String> columns) {}
