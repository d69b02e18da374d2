package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import dev.polder.stepfunctions.expression.Expression;
import org.jspecify.annotations.Nullable;

/// What a Fail state says.
final class Failures {
  private Failures() {}

  static State.Fail.Failure of(State.Fail fail, Data data) {
    return new State.Fail.Failure(
        text(fail.error(), "ErrorPath", data), text(fail.cause(), "CausePath", data));
  }

  /// Only paths can lead to something else than a string: all else has been checked before.
  private static @Nullable String text(@Nullable Expression field, String path, Data data) {
    if (field == null) {
      return null;
    }
    Object value = field.evaluate(data);
    if (value instanceof String text) {
      return text;
    }
    throw EvaluationFailure.runtime(
        "The value of the field '" + path + "' must be a string but was: " + Json.write(value));
  }
}
