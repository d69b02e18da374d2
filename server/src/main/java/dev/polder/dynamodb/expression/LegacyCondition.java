package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the older parameters ask of one attribute: an element of `Expected`, `QueryFilter`,
/// `ScanFilter` or `KeyConditions`. The last two members are of `Expected` only.
///
/// @param operator `EQ`, `NE`, `IN` and so on
/// @param list what the operator compares with
/// @param value what the attribute must be equal to, or the one element of the list
/// @param exists false: the attribute must not exist
public record LegacyCondition(
    @Nullable String operator,
    @Nullable List<Value> list,
    @Nullable Value value,
    @Nullable Boolean exists) {
  /// How many values there are.
  int count() {
    return list != null ? list.size() : value != null ? 1 : 0;
  }

  /// The values, wherever they stand.
  List<Value> values() {
    return list != null ? List.copyOf(list) : value != null ? List.of(value) : List.of();
  }
}
