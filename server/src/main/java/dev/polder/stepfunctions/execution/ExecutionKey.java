package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Scope;

/// What names an execution within the process.
///
/// @param machine the name of the state machine; of children of a map run the machine's name, a
///   slash and the label of the run
/// @param name the execution's own name; of Express executions with a colon and a unique part
public record ExecutionKey(Scope scope, String machine, String name) {

  /// The ARN of a Standard execution.
  public String arn() {
    return scope.arn("states", "execution:" + machine + ":" + name).toString();
  }
}
