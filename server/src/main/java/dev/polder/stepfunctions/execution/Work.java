package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Scope;
import java.util.Optional;

/// Whoever does the work of tasks. All methods may block; none throws for a failure of the work
/// itself.
public interface Work {

  /// Calls what a task names.
  TaskOutcome call(Execution execution, Standing.Tasking task);

  /// Calls what a task names and may have been called already, by a process that has ended before
  /// the outcome was recorded. Whatever takes an idempotency token is given the same one.
  TaskOutcome callAgain(Execution execution, Standing.Tasking task);

  /// How a job ended; empty while it runs.
  Optional<TaskOutcome> outcome(Execution execution, Standing.Tasking task, Standing.Job job);

  /// An activity has a task.
  void offered(Scope scope, String activityArn);

  /// Stops a job as well as may be.
  void cancel(Execution execution, Standing.Job job);
}
