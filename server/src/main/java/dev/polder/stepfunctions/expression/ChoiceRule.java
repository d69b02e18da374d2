package dev.polder.stepfunctions.expression;

/// A condition of a Choice state.
@FunctionalInterface
public interface ChoiceRule {

  /// Whether the condition holds.
  ///
  /// @throws EvaluationFailure if it cannot be told
  boolean holds(Data data);
}
