package dev.polder.stepfunctions.expression;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The functions on numbers.
final class MathFunctions {
  private MathFunctions() {}

  /// Each operand is rounded before they are added (recorded: 1.49 + 1.5 = 3).
  static Object add(List<@Nullable Object> arguments) {
    return Arguments.number(
        Math.addExact(Arguments.whole(arguments, 0), Arguments.whole(arguments, 1)));
  }

  /// From the first, included, to the second, excluded. A seed gives the same number every time.
  static Object random(List<@Nullable Object> arguments, Environment environment) {
    long from = Arguments.whole(arguments, 0);
    long to = Arguments.whole(arguments, 1);
    if (from >= to) {
      throw new IllegalArgumentException("The start number must be less than the end number");
    }
    return Arguments.number(
        arguments.size() == 3
            ? new Random(Arguments.whole(arguments, 2)).nextLong(from, to)
            : environment.random().nextLong(from, to));
  }
}
