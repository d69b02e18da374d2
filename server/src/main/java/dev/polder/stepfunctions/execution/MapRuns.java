package dev.polder.stepfunctions.execution;

/// Runs the items of distributed Map states as child executions.
public interface MapRuns {

  /// Begins a map run, or goes on with it where it has begun. Its end comes back as a
  /// [Trigger.MapRunEnded].
  void start(Execution parent, int branch, MapRunPlan plan);

  /// Stops a map run and its children.
  void stop(Execution parent, String mapRunArn);

  /// A Standard child execution has ended.
  void childEnded(ExecutionKey key, Execution.MapChild child);

  /// An Express child execution has ended.
  void expressEnded(Execution execution, ExecutionState state);
}
