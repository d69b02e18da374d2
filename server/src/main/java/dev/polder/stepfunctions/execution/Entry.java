package dev.polder.stepfunctions.execution;

import org.jspecify.annotations.Nullable;

/// One line of an execution's log. The state of the execution is a fold over its log
/// ([ExecutionState#apply]).
public sealed interface Entry {
  /// The branch that it is about.
  int branch();

  /// A line that GetExecutionHistory shows.
  ///
  /// @param id from 1, without gaps
  /// @param previous the event that led to this one
  /// @param time milliseconds since the epoch
  record HistoryEvent(long id, long previous, long time, EventType type, int branch, Detail detail)
      implements Entry {}

  /// A line that only the engine sees: what the service remembers and its history does not tell.
  sealed interface Note extends Entry {}

  /// A Parallel or inline Map state has begun to run branches.
  ///
  /// @param total how many there will be
  /// @param limit how many may run at once, 0 for all
  record Forked(int branch, int total, int limit) implements Note {}

  /// A branch of a Parallel state or an iteration has begun.
  ///
  /// @param chain the event that the first one of the branch follows
  /// @param item what is mapped over; null in Parallel states
  record Opened(int branch, int parent, int index, long chain, Payload input, @Nullable Item item)
      implements Note {}

  /// A branch has come to its end.
  record Closed(int branch, Payload output) implements Note {}

  /// All branches below this one are given up, or no longer needed.
  record Dropped(int branch) implements Note {}

  /// The next event of the branch follows this one.
  record Chained(int branch, long chain) implements Note {}

  /// What the branch stands still for has changed.
  record Stands(int branch, Standing standing) implements Note {}

  /// A state will be tried again.
  ///
  /// @param retrier which of the state's retriers
  /// @param until milliseconds since the epoch
  record Retried(int branch, int retrier, long until) implements Note {}

  /// A state that was cut off runs again, as if it had never been tried.
  record Redone(int branch) implements Note {}

  /// The item of an iteration.
  record Item(int index, Payload value, @Nullable String key, @Nullable String source) {}
}
