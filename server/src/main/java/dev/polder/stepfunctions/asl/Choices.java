package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;

/// How a Choice state decides.
final class Choices {
  private Choices() {}

  static State.Choice.Selection select(State.Choice choice, Data data) {
    Data entered = data.withInput(choice.flow().input(data));
    for (State.Choice.Branch branch : choice.branches()) {
      if (branch.rule().holds(entered)) {
        return new State.Choice.Selection(branch.next(), branch.flow().pass(data));
      }
    }
    if (choice.otherwise() == null) {
      throw new EvaluationFailure(
          "States.NoChoiceMatched",
          "Expected a match in Choices but no rule of '" + choice.name() + "' holds",
          null);
    }
    return new State.Choice.Selection(choice.otherwise(), choice.flow().pass(data));
  }
}
