package dev.polder.stepfunctions.execution;

import dev.polder.store.Key;
import org.jspecify.annotations.Nullable;

/// Something that happened and that an execution must answer to.
public sealed interface Trigger {

  /// Where whoever caused it waits for what comes of it, or null.
  default @Nullable Answer awaited() {
    return switch (this) {
      case Due due -> due.answer();
      case Callback callback -> callback.answer();
      case Heartbeat heartbeat -> heartbeat.answer();
      case Take take -> take.answer();
      case Stop stop -> stop.answer();
      case Redrive redrive -> redrive.answer();
      case Begin _, Resume _, Reopen _, Returned _, MapRunEnded _, Break _ -> null;
    };
  }

  /// The execution begins.
  record Begin() implements Trigger {}

  /// Branches that were cut go on.
  record Resume() implements Trigger {}

  /// A time has come.
  ///
  /// @param branch -1 for the execution as a whole
  /// @param at milliseconds since the epoch
  /// @param timer the key of the timer, which is removed with the turn; null where it is not stored
  record Due(int branch, long at, @Nullable Key timer, Answer answer) implements Trigger {}

  /// The process began anew while something was under way for a branch.
  ///
  /// @param scheduled the event that scheduled the task, 0 where it is none
  record Reopen(int branch, long scheduled) implements Trigger {}

  /// A call has returned, or a job has ended.
  ///
  /// @param scheduled the event that scheduled the task
  record Returned(int branch, long scheduled, TaskOutcome outcome) implements Trigger {}

  /// A callback with a task token.
  record Callback(int branch, String token, TaskOutcome outcome, Answer answer)
      implements Trigger {}

  /// A sign of life with a task token.
  record Heartbeat(int branch, String token, Answer answer) implements Trigger {}

  /// A worker asks for the task of an activity.
  record Take(int branch, long scheduled, @Nullable String worker, Answer answer)
      implements Trigger {}

  /// Somebody wants the execution to stop.
  record Stop(@Nullable String error, @Nullable String cause, Answer answer) implements Trigger {}

  /// All child executions of a map run have ended, or it failed as a whole.
  record MapRunEnded(int branch, String mapRunArn, TaskOutcome outcome) implements Trigger {}

  /// The engine has failed on the execution.
  record Break() implements Trigger {}

  /// A failed execution goes on from where it failed.
  record Redrive(Answer answer) implements Trigger {}
}
