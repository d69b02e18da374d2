package dev.polder.xray.filter;

import dev.polder.xray.filter.FilterExpression.Comparison;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values against what a filter wants.
final class Comparisons {
  private Comparisons() {}

  /// Whether some value is as wanted. Of a value that is not there nothing is true, not even that
  /// it differs.
  static boolean any(List<Object> values, @Nullable Comparison wanted) {
    return values.stream()
        .anyMatch(value -> wanted == null ? !Boolean.FALSE.equals(value) : holds(value, wanted));
  }

  private static boolean holds(Object value, Comparison wanted) {
    return switch (wanted.value()) {
      case BigDecimal number ->
          value instanceof Number given && holds(new BigDecimal(given.toString()), wanted, number);
      case String text -> holds(value.toString(), wanted, text);
      case Object other -> equal(value.equals(other), wanted);
    };
  }

  private static boolean equal(boolean equal, Comparison wanted) {
    return switch (wanted.operator()) {
      case EQUAL -> equal;
      case NOT_EQUAL -> !equal;
      case LESS, AT_MOST, GREATER, AT_LEAST, CONTAINS, BEGINS_WITH, ENDS_WITH -> false;
    };
  }

  private static boolean holds(BigDecimal value, Comparison wanted, BigDecimal number) {
    int sign = value.compareTo(number);
    return switch (wanted.operator()) {
      case EQUAL -> sign == 0;
      case NOT_EQUAL -> sign != 0;
      case LESS -> sign < 0;
      case AT_MOST -> sign <= 0;
      case GREATER -> sign > 0;
      case AT_LEAST -> sign >= 0;
      case CONTAINS, BEGINS_WITH, ENDS_WITH -> false;
    };
  }

  private static boolean holds(String value, Comparison wanted, String text) {
    return switch (wanted.operator()) {
      case EQUAL -> value.equals(text);
      case NOT_EQUAL -> !value.equals(text);
      case CONTAINS -> value.contains(text);
      case BEGINS_WITH -> value.startsWith(text);
      case ENDS_WITH -> value.endsWith(text);
      case LESS, AT_MOST, GREATER, AT_LEAST -> false;
    };
  }
}
