package dev.polder.stepfunctions.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call of an intrinsic function.
///
/// @param text as written; errors quote it
record Intrinsic(String text, IntrinsicFunction function, List<Expression> arguments)
    implements Expression {
  @Override
  public @Nullable Object evaluate(Data data) {
    List<@Nullable Object> values = new ArrayList<>(arguments.size());
    for (Expression argument : arguments) {
      values.add(argument.evaluate(data));
    }
    try {
      return function.call(values, data.environment());
    } catch (IllegalArgumentException e) {
      throw new EvaluationFailure(
          "States.IntrinsicFailure",
          "The function '" + text + "' had the following error: " + e.getMessage(),
          null);
    }
  }
}
