package dev.polder.stepfunctions.execution;

/// Runs the items of distributed Map states as child executions.
public interface MapRuns {

  /// Begins a map run, or goes on with it where it has begun. Returns at once; its end comes back
  /// as a [Trigger.MapRunEnded].
  ///
  /// @param redrives how often the run is to have been redriven: those of its children that did not
  ///   succeed run again
  void start(Execution parent, int branch, MapRunPlan plan, int redrives);

  /// Stops a map run and its children. Returns at once.
  void stop(Execution parent, String mapRunArn);

  /// A Standard child execution has ended.
  void childEnded(ExecutionKey key, Execution.MapChild child);

  /// An Express child execution has ended.
  void expressEnded(Execution execution, ExecutionState state);
}
