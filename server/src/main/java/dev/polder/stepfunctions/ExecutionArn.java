package dev.polder.stepfunctions;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.execution.ExecutionKey;
import org.jspecify.annotations.Nullable;

/// The ARN of a Standard execution. Express executions cannot be asked for.
record ExecutionArn(ExecutionKey key, String text) {

  static ExecutionArn parse(@Nullable String text, Scope own) {
    Arn arn = Constraints.arn(text, "executionArn");
    String[] part = arn.resource().split(":", -1);
    if (!arn.service().equals("states") || part.length < 2) {
      throw StepFunctionsErrors.invalidArn("Invalid ARN: " + text);
    }
    if (!part[0].equals("execution") || part.length != 3) {
      throw StepFunctionsErrors.invalidArn("Resource type not valid in this context: " + part[0]);
    }
    return new ExecutionArn(new ExecutionKey(arn.scope(own), part[1], part[2]), arn.toString());
  }
}
