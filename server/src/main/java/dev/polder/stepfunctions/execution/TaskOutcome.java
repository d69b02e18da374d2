package dev.polder.stepfunctions.execution;

import org.jspecify.annotations.Nullable;

/// What became of the work of a task.
public sealed interface TaskOutcome {

  /// It is done.
  record Succeeded(Payload output) implements TaskOutcome {}

  /// It failed.
  record Failed(@Nullable String error, @Nullable String cause) implements TaskOutcome {}

  /// The call was accepted and the work goes on elsewhere.
  ///
  /// @param output what the call answered
  /// @param job what to await; null where a callback will come
  record Submitted(Payload output, Standing.@Nullable Job job) implements TaskOutcome {}
}
