package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import org.jspecify.annotations.Nullable;

/// How data passes through a state. All methods take the state's input as it came (`data.input()`),
/// so that an engine need keep nothing else; all throw
/// [dev.polder.stepfunctions.expression.EvaluationFailure].
public sealed interface DataFlow permits JsonPathFlow, JsonataFlow {

  /// The language the fields are written in.
  QueryLanguage queryLanguage();

  /// The input as the state's own fields see it: after `InputPath`.
  @Nullable Object input(Data data);

  /// What the state's work is given: after `Parameters`, or `Arguments`; without either the input.
  @Nullable Object arguments(Data data);

  /// Output and assignments once the work has given a result: `ResultSelector`, `ResultPath`,
  /// `OutputPath`, or `Output`; and `Assign`.
  Outcome leave(Data data, @Nullable Object result);

  /// Output and assignments of a catcher, given the error output (an object with `Error` and
  /// `Cause`).
  Outcome caught(Data data, @Nullable Object errorOutput);

  /// Output and assignments of a state that has no result of its own: Choice, Wait and Succeed.
  Outcome pass(Data data);
}
