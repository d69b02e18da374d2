package dev.polder.stepfunctions;

import dev.polder.stepfunctions.execution.Detail;
import dev.polder.stepfunctions.execution.Entry;
import dev.polder.stepfunctions.execution.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.AssignedVariablesDetails;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventExecutionDataDetails;
import software.amazon.awssdk.services.sfn.model.TaskCredentials;

/// History events in the SDK's types.
///
/// @param data whether inputs, outputs and the like are told
record HistoryTranslation(boolean data) {
  private static final HistoryEventExecutionDataDetails WHOLE =
      HistoryEventExecutionDataDetails.builder().truncated(false).build();

  HistoryEvent event(Entry.HistoryEvent event) {
    HistoryEvent.Builder sdk =
        HistoryEvent.builder()
            .id(event.id())
            .previousEventId(event.previous())
            .timestamp(Instant.ofEpochMilli(event.time()))
            .type(event.type().name());
    switch (event.detail()) {
      case Detail.None _ -> {}
      case Detail.Started d -> started(sdk, d);
      case Detail.Entered d ->
          sdk.stateEnteredEventDetails(
              b -> b.name(d.name()).input(text(d.input())).inputDetails(details()));
      case Detail.Exited d -> exited(sdk, d);
      case Detail.Output d -> output(sdk, event, text(d.output()));
      case Detail.Failure d -> failure(sdk, event, d);
      case Detail.Evaluation d ->
          sdk.evaluationFailedEventDetails(
              b -> b.error(d.error()).cause(d.cause()).location(d.location()).state(d.state()));
      case Detail.WorkScheduled d -> scheduled(sdk, event, d);
      case Detail.WorkerStarted d ->
          sdk.activityStartedEventDetails(b -> b.workerName(d.workerName()));
      case Detail.TaskScheduled d -> scheduled(sdk, d);
      case Detail.TaskBegun d ->
          sdk.taskStartedEventDetails(b -> b.resourceType(d.resourceType()).resource(d.resource()));
      case Detail.TaskOutput d -> output(sdk, event, d);
      case Detail.TaskFailure d -> failure(sdk, event, d);
      case Detail.Length d -> sdk.mapStateStartedEventDetails(b -> b.length(d.length()));
      case Detail.Iteration d -> iteration(sdk, event, d);
      case Detail.MapRun d -> sdk.mapRunStartedEventDetails(b -> b.mapRunArn(d.arn()));
      case Detail.MapRunRedriven d ->
          sdk.mapRunRedrivenEventDetails(b -> b.mapRunArn(d.arn()).redriveCount(d.count()));
      case Detail.Redriven d -> sdk.executionRedrivenEventDetails(b -> b.redriveCount(d.count()));
    }
    return sdk.build();
  }

  private @Nullable String text(Payload payload) {
    return data ? payload.text() : null;
  }

  private @Nullable HistoryEventExecutionDataDetails details() {
    return data ? WHOLE : null;
  }

  private static @Nullable Long seconds(long value) {
    return value == 0 ? null : value;
  }

  private static @Nullable TaskCredentials credentials(@Nullable String role) {
    return role == null ? null : TaskCredentials.builder().roleArn(role).build();
  }

  private void started(HistoryEvent.Builder sdk, Detail.Started d) {
    sdk.executionStartedEventDetails(b ->
        b.input(text(d.input()))
            .inputDetails(details())
            .roleArn(d.roleArn())
            .stateMachineAliasArn(d.aliasArn())
            .stateMachineVersionArn(d.versionArn()));
  }

  private void exited(HistoryEvent.Builder sdk, Detail.Exited d) {
    sdk.stateExitedEventDetails(b -> {
      b.name(d.name()).output(text(d.output())).outputDetails(details());
      if (data && !d.assigned().isEmpty()) {
        Map<String, String> assigned = new LinkedHashMap<>();
        d.assigned().forEach((name, value) -> assigned.put(name, value.text()));
        b.assignedVariables(assigned)
            .assignedVariablesDetails(AssignedVariablesDetails.builder().truncated(false).build());
      }
    });
  }

  private void output(HistoryEvent.Builder sdk, Entry.HistoryEvent event, @Nullable String output) {
    switch (event.type()) {
      case ExecutionSucceeded ->
          sdk.executionSucceededEventDetails(b -> b.output(output).outputDetails(details()));
      case LambdaFunctionSucceeded ->
          sdk.lambdaFunctionSucceededEventDetails(b -> b.output(output).outputDetails(details()));
      case ActivitySucceeded ->
          sdk.activitySucceededEventDetails(b -> b.output(output).outputDetails(details()));
      default -> throw unexpected(event);
    }
  }

  private void output(HistoryEvent.Builder sdk, Entry.HistoryEvent event, Detail.TaskOutput d) {
    switch (event.type()) {
      case TaskSubmitted ->
          sdk.taskSubmittedEventDetails(b ->
              b.resourceType(d.resourceType())
                  .resource(d.resource())
                  .output(text(d.output()))
                  .outputDetails(details()));
      case TaskSucceeded ->
          sdk.taskSucceededEventDetails(b ->
              b.resourceType(d.resourceType())
                  .resource(d.resource())
                  .output(text(d.output()))
                  .outputDetails(details()));
      default -> throw unexpected(event);
    }
  }

  private void failure(HistoryEvent.Builder sdk, Entry.HistoryEvent event, Detail.Failure d) {
    String error = d.error();
    String cause = d.cause();
    switch (event.type()) {
      case ExecutionFailed -> sdk.executionFailedEventDetails(b -> b.error(error).cause(cause));
      case ExecutionAborted -> sdk.executionAbortedEventDetails(b -> b.error(error).cause(cause));
      case ExecutionTimedOut -> sdk.executionTimedOutEventDetails(b -> b.error(error).cause(cause));
      case LambdaFunctionFailed ->
          sdk.lambdaFunctionFailedEventDetails(b -> b.error(error).cause(cause));
      case LambdaFunctionTimedOut ->
          sdk.lambdaFunctionTimedOutEventDetails(b -> b.error(error).cause(cause));
      case ActivityFailed -> sdk.activityFailedEventDetails(b -> b.error(error).cause(cause));
      case ActivityTimedOut -> sdk.activityTimedOutEventDetails(b -> b.error(error).cause(cause));
      case MapRunFailed -> sdk.mapRunFailedEventDetails(b -> b.error(error).cause(cause));
      default -> throw unexpected(event);
    }
  }

  private void failure(HistoryEvent.Builder sdk, Entry.HistoryEvent event, Detail.TaskFailure d) {
    String cause = d.cause();
    switch (event.type()) {
      case TaskFailed ->
          sdk.taskFailedEventDetails(b ->
              b.resourceType(d.resourceType())
                  .resource(d.resource())
                  .error(d.error())
                  .cause(cause));
      case TaskTimedOut ->
          sdk.taskTimedOutEventDetails(b ->
              b.resourceType(d.resourceType())
                  .resource(d.resource())
                  .error(d.error())
                  .cause(cause));
      default -> throw unexpected(event);
    }
  }

  private void scheduled(
      HistoryEvent.Builder sdk, Entry.HistoryEvent event, Detail.WorkScheduled d) {
    switch (event.type()) {
      case LambdaFunctionScheduled ->
          sdk.lambdaFunctionScheduledEventDetails(b ->
              b.resource(d.resource())
                  .input(text(d.input()))
                  .inputDetails(details())
                  .timeoutInSeconds(seconds(d.timeout()))
                  .taskCredentials(credentials(d.roleArn())));
      case ActivityScheduled ->
          sdk.activityScheduledEventDetails(b ->
              b.resource(d.resource())
                  .input(text(d.input()))
                  .inputDetails(details())
                  .timeoutInSeconds(seconds(d.timeout()))
                  .heartbeatInSeconds(seconds(d.heartbeat())));
      default -> throw unexpected(event);
    }
  }

  private void scheduled(HistoryEvent.Builder sdk, Detail.TaskScheduled d) {
    sdk.taskScheduledEventDetails(b ->
        b.resourceType(d.resourceType())
            .resource(d.resource())
            .region(d.region())
            .parameters(text(d.parameters()))
            .timeoutInSeconds(seconds(d.timeout()))
            .heartbeatInSeconds(seconds(d.heartbeat()))
            .taskCredentials(credentials(d.roleArn())));
  }

  private static void iteration(
      HistoryEvent.Builder sdk, Entry.HistoryEvent event, Detail.Iteration d) {
    switch (event.type()) {
      case MapIterationStarted ->
          sdk.mapIterationStartedEventDetails(b -> b.name(d.name()).index(d.index()));
      case MapIterationSucceeded ->
          sdk.mapIterationSucceededEventDetails(b -> b.name(d.name()).index(d.index()));
      case MapIterationFailed ->
          sdk.mapIterationFailedEventDetails(b -> b.name(d.name()).index(d.index()));
      case MapIterationAborted ->
          sdk.mapIterationAbortedEventDetails(b -> b.name(d.name()).index(d.index()));
      default -> throw unexpected(event);
    }
  }

  private static IllegalStateException unexpected(Entry.HistoryEvent event) {
    return new IllegalStateException(event.type() + " with details " + event.detail());
  }
}
