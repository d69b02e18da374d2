package dev.polder.stepfunctions.execution;

/// Something for the runner to do once the turn that decided it is on disk.
public sealed interface Command {

  /// Call whoever does the work of a task.
  record Call(int branch, Standing.Tasking task) implements Command {}

  /// Call again whoever may have been called already by a process that has ended.
  record CallAgain(int branch, Standing.Tasking task) implements Command {}

  /// Await a job, whose end may be in the past already.
  record Await(int branch, Standing.Tasking task, Standing.Job job) implements Command {}

  /// Stop a job that nobody awaits any more.
  record Cancel(Standing.Job job) implements Command {}

  /// Let workers know that an activity has a task.
  record Offer(String activityArn) implements Command {}

  /// Run the items of a distributed Map state, or go on with it where that has begun.
  ///
  /// @param redrives how often the run is to have been redriven
  record StartMapRun(int branch, MapRunPlan plan, int redrives) implements Command {}

  /// Stop a map run.
  record StopMapRun(String mapRunArn) implements Command {}

  /// Go on with what was cut.
  record Continue() implements Command {}
}
