package dev.polder.stepfunctions.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads arguments of functions as what they have to be.
final class Arguments {
  private Arguments() {}

  @SuppressWarnings("unchecked")
  static List<@Nullable Object> list(List<@Nullable Object> arguments, int index) {
    if (arguments.get(index) instanceof List<?> list) {
      return (List<@Nullable Object>) list;
    }
    throw wrong(index, "an array");
  }

  static String text(List<@Nullable Object> arguments, int index) {
    if (arguments.get(index) instanceof String text) {
      return text;
    }
    throw wrong(index, "a string");
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> object(List<@Nullable Object> arguments, int index) {
    if (arguments.get(index) instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw wrong(index, "an object");
  }

  /// A whole number; fractions are rounded, halves up (recorded).
  static long whole(List<@Nullable Object> arguments, int index) {
    if (arguments.get(index) instanceof Number number) {
      return number instanceof Integer || number instanceof Long
          ? number.longValue()
          : Math.round(number.doubleValue());
    }
    throw wrong(index, "a number");
  }

  private static IllegalArgumentException wrong(int index, String expected) {
    return new IllegalArgumentException("Expected argument " + (index + 1) + " to be " + expected);
  }

  /// The number in the smallest form, as reading it from JSON gives it.
  static Number number(long value) {
    return value == (int) value ? (Number) (int) value : (Number) value;
  }
}
