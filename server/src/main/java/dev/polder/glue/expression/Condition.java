package dev.polder.glue.expression;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A condition on the values of a partition, its literals read by the types of their keys.
sealed interface Condition {

  /// The place of a key among the values, and its type.
  record Column(int index, KeyType type) {}

  /// How two values stand to each other.
  enum Comparison {
    EQUAL,
    UNEQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case UNEQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }

    /// The comparison that says the same with its sides exchanged.
    Comparison exchanged() {
      return switch (this) {
        case EQUAL, UNEQUAL -> this;
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      };
    }
  }

  record And(Condition left, Condition right) implements Condition {}

  record Or(Condition left, Condition right) implements Condition {}

  record Not(Condition condition) implements Condition {}

  record Compare(Column column, Comparison comparison, Comparable<?> literal)
      implements Condition {}

  record Between(Column column, Comparable<?> low, Comparable<?> high) implements Condition {}

  record In(Column column, List<Comparable<?>> literals) implements Condition {
    public In {
      literals = List.copyOf(literals);
    }
  }

  record Like(Column column, Pattern pattern) implements Condition {}

  /// Never true, whatever the type: partition values are never null (recorded).
  record IsNull(Column column) implements Condition {}

  /// Decides the condition for a partition, or for all that begin with these values.
  ///
  /// @param values the leading values, at most one for each key
  /// @throws InvalidValueException if a value is not of its key's type
  default Truth test(List<String> values) {
    return switch (this) {
      case And(Condition left, Condition right) -> {
        Truth first = left.test(values);
        yield first == Truth.FALSE ? first : first.and(right.test(values));
      }
      case Or(Condition left, Condition right) -> {
        Truth first = left.test(values);
        yield first == Truth.TRUE ? first : first.or(right.test(values));
      }
      case Not(Condition condition) -> condition.test(values).not();
      case IsNull _ -> Truth.FALSE;
      case Compare(Column column, Comparison comparison, Comparable<?> literal) ->
          decide(column, values, text -> comparison.holds(order(column, text, literal)));
      case Between(Column column, Comparable<?> low, Comparable<?> high) ->
          decide(
              column,
              values,
              text -> order(column, text, low) >= 0 && order(column, text, high) <= 0);
      case In(Column column, List<Comparable<?>> literals) ->
          decide(
              column,
              values,
              text -> literals.stream().anyMatch(each -> order(column, text, each) == 0));
      case Like(Column column, Pattern pattern) ->
          decide(column, values, text -> pattern.matcher(text).matches());
    };
  }

  private static Truth decide(Column column, List<String> values, Predicate<String> test) {
    if (column.index() >= values.size()) {
      return Truth.OPEN;
    }
    String text = values.get(column.index());
    // Hive's name for a missing value is plain text to a string key, and equal to nothing else.
    boolean missing = column.type() != KeyType.STRING && text.equals("__HIVE_DEFAULT_PARTITION__");
    return Truth.of(!missing && test.test(text));
  }

  // Both sides are read by the same key type, so they are of the same class.
  @SuppressWarnings("unchecked")
  private static int order(Column column, String text, Comparable<?> literal) {
    try {
      return ((Comparable<Object>) column.type().parse(text)).compareTo(literal);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(String.valueOf(e.getMessage()));
    }
  }
}
