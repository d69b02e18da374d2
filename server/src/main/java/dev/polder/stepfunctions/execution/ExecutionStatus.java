package dev.polder.stepfunctions.execution;

/// Where an execution stands. All but [#RUNNING] are final, except that a redrive opens a failed
/// one again.
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED;

  static ExecutionStatus after(EventType end) {
    return switch (end) {
      case ExecutionSucceeded -> SUCCEEDED;
      case ExecutionFailed -> FAILED;
      case ExecutionTimedOut -> TIMED_OUT;
      case ExecutionAborted -> ABORTED;
      default -> RUNNING;
    };
  }
}
