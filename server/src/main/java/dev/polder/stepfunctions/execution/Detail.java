package dev.polder.stepfunctions.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a history event tells besides its type. One shape serves several types.
public sealed interface Detail {

  /// Nothing.
  record None() implements Detail {
    static final None NONE = new None();
  }

  /// ExecutionStarted.
  record Started(
      Payload input, String roleArn, @Nullable String aliasArn, @Nullable String versionArn)
      implements Detail {}

  /// A state has been entered.
  record Entered(String name, Payload input) implements Detail {}

  /// A state has been left.
  ///
  /// @param assigned variables that the state has set
  record Exited(String name, Payload output, Map<String, Payload> assigned) implements Detail {
    public Exited {
      assigned =
          assigned.isEmpty()
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(assigned));
    }
  }

  /// Something has given a result.
  record Output(Payload output) implements Detail {}

  /// Something has failed, timed out or been aborted.
  record Failure(@Nullable String error, @Nullable String cause) implements Detail {}

  /// An expression has no value.
  record Evaluation(String error, String cause, @Nullable String location, String state)
      implements Detail {}

  /// LambdaFunctionScheduled and ActivityScheduled.
  ///
  /// @param timeout seconds, 0 for none
  /// @param heartbeat seconds, 0 for none
  record WorkScheduled(
      String resource, Payload input, long timeout, long heartbeat, @Nullable String roleArn)
      implements Detail {}

  /// ActivityStarted.
  record WorkerStarted(@Nullable String workerName) implements Detail {}

  /// TaskScheduled.
  ///
  /// @param timeout seconds, 0 for none
  /// @param heartbeat seconds, 0 for none
  record TaskScheduled(
      String resourceType,
      String resource,
      String region,
      Payload parameters,
      long timeout,
      long heartbeat,
      @Nullable String roleArn)
      implements Detail {}

  /// TaskStarted.
  record TaskBegun(String resourceType, String resource) implements Detail {}

  /// TaskSubmitted and TaskSucceeded.
  record TaskOutput(String resourceType, String resource, Payload output) implements Detail {}

  /// TaskFailed, TaskTimedOut, TaskStartFailed and TaskSubmitFailed.
  record TaskFailure(
      String resourceType, String resource, @Nullable String error, @Nullable String cause)
      implements Detail {}

  /// MapStateStarted.
  record Length(int length) implements Detail {}

  /// Of an iteration of a Map state.
  record Iteration(String name, int index) implements Detail {}

  /// MapRunStarted.
  record MapRun(String arn) implements Detail {}

  /// MapRunRedriven.
  record MapRunRedriven(String arn, int count) implements Detail {}

  /// ExecutionRedriven.
  record Redriven(int count) implements Detail {}
}
