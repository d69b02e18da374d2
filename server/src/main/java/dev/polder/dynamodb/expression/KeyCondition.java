package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Value;
import java.util.List;

/// What a query asks of one attribute.
///
/// @param values as many as the operator takes
record KeyCondition(Operator operator, List<Value> values) {
  KeyCondition {
    values = List.copyOf(values);
  }

  /// The operators of the older parameters, of which expressions have the first seven for keys.
  enum Operator {
    EQ,
    LE,
    LT,
    GE,
    GT,
    BEGINS_WITH,
    BETWEEN,
    NE,
    IN,
    CONTAINS,
    NOT_CONTAINS,
    NULL,
    NOT_NULL;

    /// Whether an index answers it.
    boolean indexable() {
      return ordinal() <= BETWEEN.ordinal();
    }

    static Operator of(Comparator comparator) {
      return valueOf(comparator.name());
    }
  }
}
