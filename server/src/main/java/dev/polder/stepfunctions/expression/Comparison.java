package dev.polder.stepfunctions.expression;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The comparison operators of Choice rules (https://states-language.net/spec.html#choice-state).
/// Values of another type than the operator's never match; they are not an error (recorded).
public enum Comparison {
  BOOLEAN_EQUALS("BooleanEquals", Operand.BOOLEAN, sign -> sign == 0),
  NUMERIC_EQUALS("NumericEquals", Operand.NUMBER, sign -> sign == 0),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Operand.NUMBER, sign -> sign > 0),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Operand.NUMBER, sign -> sign >= 0),
  NUMERIC_LESS_THAN("NumericLessThan", Operand.NUMBER, sign -> sign < 0),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Operand.NUMBER, sign -> sign <= 0),
  STRING_EQUALS("StringEquals", Operand.STRING, sign -> sign == 0),
  STRING_GREATER_THAN("StringGreaterThan", Operand.STRING, sign -> sign > 0),
  STRING_GREATER_THAN_EQUALS("StringGreaterThanEquals", Operand.STRING, sign -> sign >= 0),
  STRING_LESS_THAN("StringLessThan", Operand.STRING, sign -> sign < 0),
  STRING_LESS_THAN_EQUALS("StringLessThanEquals", Operand.STRING, sign -> sign <= 0),
  TIMESTAMP_EQUALS("TimestampEquals", Operand.TIMESTAMP, sign -> sign == 0),
  TIMESTAMP_GREATER_THAN("TimestampGreaterThan", Operand.TIMESTAMP, sign -> sign > 0),
  TIMESTAMP_GREATER_THAN_EQUALS("TimestampGreaterThanEquals", Operand.TIMESTAMP, sign -> sign >= 0),
  TIMESTAMP_LESS_THAN("TimestampLessThan", Operand.TIMESTAMP, sign -> sign < 0),
  TIMESTAMP_LESS_THAN_EQUALS("TimestampLessThanEquals", Operand.TIMESTAMP, sign -> sign <= 0),
  STRING_MATCHES("StringMatches", Operand.PATTERN, sign -> sign == 0),
  IS_BOOLEAN("IsBoolean", Operand.TYPE, sign -> sign == 0),
  IS_NULL("IsNull", Operand.TYPE, sign -> sign == 0),
  IS_NUMERIC("IsNumeric", Operand.TYPE, sign -> sign == 0),
  IS_PRESENT("IsPresent", Operand.TYPE, sign -> sign == 0),
  IS_STRING("IsString", Operand.TYPE, sign -> sign == 0),
  IS_TIMESTAMP("IsTimestamp", Operand.TYPE, sign -> sign == 0);

  /// What an operator compares with.
  public enum Operand {
    BOOLEAN,
    NUMBER,
    STRING,
    TIMESTAMP,
    /// A text in which `*` stands for any characters.
    PATTERN,
    /// True or false, asked of the kind of the value.
    TYPE;

    /// Whether the operator has a form whose name ends in `Path`.
    public boolean hasPath() {
      return this != PATTERN && this != TYPE;
    }
  }

  private static final int INCOMPARABLE = Integer.MIN_VALUE;

  private final String text;
  private final Operand operand;
  private final IntPredicate accepts;

  Comparison(String text, Operand operand, IntPredicate accepts) {
    this.text = text;
    this.operand = operand;
    this.accepts = accepts;
  }

  /// The name of the field, without `Path`.
  public String text() {
    return text;
  }

  /// What it compares with.
  public Operand operand() {
    return operand;
  }

  /// @param value the variable's, which is present
  boolean holds(@Nullable Object value, @Nullable Object with) {
    int sign =
        switch (operand) {
          case BOOLEAN ->
              value instanceof Boolean a && with instanceof Boolean b
                  ? Boolean.compare(a, b)
                  : INCOMPARABLE;
          case NUMBER ->
              value instanceof Number a && with instanceof Number b ? numbers(a, b) : INCOMPARABLE;
          case STRING ->
              value instanceof String a && with instanceof String b ? a.compareTo(b) : INCOMPARABLE;
          case TIMESTAMP -> moments(Timestamps.strict(value), Timestamps.strict(with));
          case PATTERN ->
              value instanceof String a && with instanceof String b && matches(a, b)
                  ? 0
                  : INCOMPARABLE;
          case TYPE -> with instanceof Boolean b && isOfType(value) == b ? 0 : INCOMPARABLE;
        };
    return sign != INCOMPARABLE && accepts.test(Integer.signum(sign));
  }

  private boolean isOfType(@Nullable Object value) {
    return switch (this) {
      case IS_BOOLEAN -> value instanceof Boolean;
      case IS_NULL -> value == null;
      case IS_NUMERIC -> value instanceof Number;
      case IS_STRING -> value instanceof String;
      case IS_TIMESTAMP -> Timestamps.strict(value) != null;
      case IS_PRESENT -> true;
      default -> throw new IllegalStateException(text);
    };
  }

  private static int numbers(Number a, Number b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return x.compareTo(y);
    }
    return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
  }

  private static int moments(@Nullable Instant a, @Nullable Instant b) {
    return a == null || b == null ? INCOMPARABLE : a.compareTo(b);
  }

  /// `*` stands for any characters, `\*` for itself, `\\` for one backslash.
  static boolean matches(String text, String pattern) {
    List<String> parts = parts(pattern);
    if (parts.size() == 1) {
      return text.equals(parts.getFirst());
    }
    if (!text.startsWith(parts.getFirst())) {
      return false;
    }
    int at = parts.getFirst().length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    return text.length() - parts.getLast().length() >= at && text.endsWith(parts.getLast());
  }

  private static List<String> parts(String pattern) {
    List<String> parts = new ArrayList<>();
    var part = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        boolean escape = c == '\\' && i + 1 < pattern.length();
        part.append(escape ? pattern.charAt(++i) : c);
      }
    }
    parts.add(part.toString());
    return List.copyOf(parts);
  }
}
