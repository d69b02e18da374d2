package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.Nullable;

/// A compiled piece of a definition that has a value once there is data: a literal, a path, a
/// payload template, an intrinsic function call, a JSONata expression.
@FunctionalInterface
public interface Expression {

  /// The value.
  ///
  /// @throws EvaluationFailure if there is none
  @Nullable Object evaluate(Data data);

  /// A piece that always has the same value.
  static Expression of(@Nullable Object value) {
    return new Literal(value);
  }
}
