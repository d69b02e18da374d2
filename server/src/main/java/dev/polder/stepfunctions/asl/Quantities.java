package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How numbers of a definition are read, and worded where they are not what they should be
/// (recorded).
final class Quantities {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?");

  private Quantities() {}

  static long whole(Quantity quantity, Data data) {
    Object value = read(quantity, data);
    if (!(value instanceof Integer || value instanceof Long || value instanceof BigInteger)
        && !(quantity.path() == null && value instanceof Double d && d == Math.rint(d))) {
      throw notA("integer", quantity, value);
    }
    Number number = (Number) value;
    check(quantity, number.doubleValue());
    return number.longValue();
  }

  static double decimal(Quantity quantity, Data data) {
    Object value = read(quantity, data);
    if (!(value instanceof Number number)) {
      throw notA("float", quantity, value);
    }
    check(quantity, number.doubleValue());
    return number.doubleValue();
  }

  /// A path may also lead to a number in a string (recorded).
  private static @Nullable Object read(Quantity quantity, Data data) {
    Object value = quantity.value().evaluate(data);
    if (quantity.path() == null
        || !(value instanceof String text)
        || !NUMBER.matcher(text).matches()) {
      return value;
    }
    return Json.parse(text);
  }

  private static EvaluationFailure notA(String type, Quantity quantity, @Nullable Object value) {
    String shown = value instanceof String text ? text : Json.write(value);
    if (quantity.path() == null) {
      return EvaluationFailure.query(
          "The " + quantity.field() + " field value \"" + shown + "\" is not a valid " + type,
          quantity.field());
    }
    return EvaluationFailure.runtime(
        "The "
            + quantity.field()
            + "Path field refers to value \""
            + shown
            + "\" which is not a valid "
            + type
            + ": "
            + quantity.path());
  }

  /// More items than there may be are no error: the limit holds (recorded).
  private static void check(Quantity quantity, double number) {
    boolean small = number <= quantity.most() || quantity.field().equals("MaxItems");
    if (number >= quantity.least() && small) {
      return;
    }
    String field = quantity.field();
    switch (field) {
      case "MaxItems" ->
          throw new EvaluationFailure(
              "States.ItemReaderFailed", "field MaxItems must be positive", null);
      case "ToleratedFailurePercentage" ->
          throw failure(quantity, field + " must be between 0 and 100.");
      case "ToleratedFailureCount" -> throw failure(quantity, field + " cannot be negative.");
      default ->
          throw failure(
              quantity,
              field
                  + " must be between "
                  + (long) quantity.least()
                  + " and "
                  + (long) quantity.most()
                  + ".");
    }
  }

  private static EvaluationFailure failure(Quantity quantity, String cause) {
    return quantity.path() == null
        ? EvaluationFailure.query(cause, quantity.field())
        : EvaluationFailure.runtime(cause);
  }
}
