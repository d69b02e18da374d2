package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.State;

/// The kinds of history events, named as GetExecutionHistory names them.
public enum EventType {
  ActivityFailed,
  ActivityScheduled,
  ActivityScheduleFailed,
  ActivityStarted,
  ActivitySucceeded,
  ActivityTimedOut,
  ChoiceStateEntered,
  ChoiceStateExited,
  EvaluationFailed,
  ExecutionAborted,
  ExecutionFailed,
  ExecutionRedriven,
  ExecutionStarted,
  ExecutionSucceeded,
  ExecutionTimedOut,
  FailStateEntered,
  LambdaFunctionFailed,
  LambdaFunctionScheduled,
  LambdaFunctionScheduleFailed,
  LambdaFunctionStarted,
  LambdaFunctionStartFailed,
  LambdaFunctionSucceeded,
  LambdaFunctionTimedOut,
  MapIterationAborted,
  MapIterationFailed,
  MapIterationStarted,
  MapIterationSucceeded,
  MapRunAborted,
  MapRunFailed,
  MapRunRedriven,
  MapRunStarted,
  MapRunSucceeded,
  MapStateAborted,
  MapStateEntered,
  MapStateExited,
  MapStateFailed,
  MapStateStarted,
  MapStateSucceeded,
  ParallelStateAborted,
  ParallelStateEntered,
  ParallelStateExited,
  ParallelStateFailed,
  ParallelStateStarted,
  ParallelStateSucceeded,
  PassStateEntered,
  PassStateExited,
  SucceedStateEntered,
  SucceedStateExited,
  TaskFailed,
  TaskScheduled,
  TaskStarted,
  TaskStartFailed,
  TaskStateAborted,
  TaskStateEntered,
  TaskStateExited,
  TaskSubmitFailed,
  TaskSubmitted,
  TaskSucceeded,
  TaskTimedOut,
  WaitStateAborted,
  WaitStateEntered,
  WaitStateExited;

  static EventType entered(State state) {
    return switch (state) {
      case State.Pass _ -> PassStateEntered;
      case State.Task _ -> TaskStateEntered;
      case State.Choice _ -> ChoiceStateEntered;
      case State.Wait _ -> WaitStateEntered;
      case State.Succeed _ -> SucceedStateEntered;
      case State.Fail _ -> FailStateEntered;
      case State.Parallel _ -> ParallelStateEntered;
      case State.MapState _ -> MapStateEntered;
    };
  }

  static EventType exited(State state) {
    return switch (state) {
      case State.Pass _ -> PassStateExited;
      case State.Task _ -> TaskStateExited;
      case State.Choice _ -> ChoiceStateExited;
      case State.Wait _ -> WaitStateExited;
      case State.Succeed _ -> SucceedStateExited;
      case State.Fail _ -> throw new IllegalArgumentException("A Fail state is never left");
      case State.Parallel _ -> ParallelStateExited;
      case State.MapState _ -> MapStateExited;
    };
  }

  /// Whether the next event of the same branch names this one as its previous event. Recorded: the
  /// events that close a Parallel or Map state beside its exit, and those that abort a state, are
  /// left out of the chain.
  boolean chains() {
    return switch (this) {
      case MapStateSucceeded,
          ParallelStateSucceeded,
          MapIterationFailed,
          MapIterationAborted,
          MapStateAborted,
          ParallelStateAborted,
          TaskStateAborted,
          WaitStateAborted ->
          false;
      default -> true;
    };
  }

  /// Whether the execution is over with this event.
  public boolean ends() {
    return this == ExecutionSucceeded
        || this == ExecutionFailed
        || this == ExecutionAborted
        || this == ExecutionTimedOut;
  }
}
