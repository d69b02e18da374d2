package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.ValidationException;
import java.util.EnumMap;
import java.util.Map;

/// What is wrong with an expression. The service names one thing only: not the first in the text,
/// but the first of the kind that it looks for first.
final class Problems {
  /// The kinds, of which each sort of expression has its own order.
  enum Kind {
    RESERVED_WORD,
    UNKNOWN_FUNCTION,
    MISUSED_FUNCTION,
    SECTION,
    NAME,
    VALUE,
    OVERLAP,
    CONFLICT,
    CLAUSE_OPERAND,
    OPERAND_COUNT,
    SAME_OPERANDS,
    OPERAND_TYPE,
    CONDITION
  }

  private final Map<Kind, String> first = new EnumMap<>(Kind.class);

  void add(Kind kind, String message) {
    first.putIfAbsent(kind, message);
  }

  /// Refuses the expression for the first of these kinds that was met.
  void raise(Kind... order) {
    for (Kind kind : order) {
      String message = first.get(kind);
      if (message != null) {
        throw new ValidationException(message);
      }
    }
  }

  /// Keeps the first of these kinds as one problem of another kind, and forgets them, as the
  /// service does at the end of each comparison.
  void gather(Kind as, Kind... order) {
    for (Kind kind : order) {
      String message = first.get(kind);
      if (message != null) {
        add(as, message);
        break;
      }
    }
    for (Kind kind : order) {
      first.remove(kind);
    }
  }
}
