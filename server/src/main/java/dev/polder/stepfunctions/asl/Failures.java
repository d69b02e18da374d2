package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Expression;
import org.jspecify.annotations.Nullable;

/// What a Fail state says.
final class Failures {
  private Failures() {}

  static State.Fail.Failure of(State.Fail fail, Data data) {
    return new State.Fail.Failure(text(fail.error(), data), text(fail.cause(), data));
  }

  private static @Nullable String text(@Nullable Expression field, Data data) {
    return field == null ? null : (String) field.evaluate(data);
  }
}
