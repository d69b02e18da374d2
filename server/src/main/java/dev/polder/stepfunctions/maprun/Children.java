package dev.polder.stepfunctions.maprun;

import dev.polder.stepfunctions.execution.Execution;

/// Begins child executions of map runs.
public interface Children {

  /// Begins a child; one that has ended without success is redriven, one that runs is left alone.
  void begin(Execution child);

  /// Stops a child that runs.
  void stop(Execution child);

  /// A number that rises from each execution that starts to the next.
  long nextOrder();
}
