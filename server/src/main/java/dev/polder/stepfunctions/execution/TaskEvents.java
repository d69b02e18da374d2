package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.Resource;
import org.jspecify.annotations.Nullable;

/// How the history tells of a task, which depends on who does the work: functions called by their
/// own ARN and activities have events of their own.
///
/// @param type the `resourceType` of Task events
/// @param resource the `resource` of the events
record TaskEvents(Family family, String type, String resource) {

  private enum Family {
    FUNCTION,
    ACTIVITY,
    TASK
  }

  static TaskEvents of(Resource resource) {
    return switch (resource) {
      case Resource.Function function -> new TaskEvents(Family.FUNCTION, "", function.arn());
      case Resource.Activity activity -> new TaskEvents(Family.ACTIVITY, "", activity.arn());
      case Resource.Optimized call ->
          new TaskEvents(Family.TASK, call.service(), call.action() + call.pattern().suffix());
      case Resource.Sdk call ->
          new TaskEvents(
              Family.TASK, "aws-sdk:" + call.service(), call.action() + call.pattern().suffix());
    };
  }

  EventType scheduled() {
    return switch (family) {
      case FUNCTION -> EventType.LambdaFunctionScheduled;
      case ACTIVITY -> EventType.ActivityScheduled;
      case TASK -> EventType.TaskScheduled;
    };
  }

  EventType started() {
    return switch (family) {
      case FUNCTION -> EventType.LambdaFunctionStarted;
      case ACTIVITY -> EventType.ActivityStarted;
      case TASK -> EventType.TaskStarted;
    };
  }

  EventType succeeded() {
    return switch (family) {
      case FUNCTION -> EventType.LambdaFunctionSucceeded;
      case ACTIVITY -> EventType.ActivitySucceeded;
      case TASK -> EventType.TaskSucceeded;
    };
  }

  EventType failed() {
    return switch (family) {
      case FUNCTION -> EventType.LambdaFunctionFailed;
      case ACTIVITY -> EventType.ActivityFailed;
      case TASK -> EventType.TaskFailed;
    };
  }

  EventType timedOut() {
    return switch (family) {
      case FUNCTION -> EventType.LambdaFunctionTimedOut;
      case ACTIVITY -> EventType.ActivityTimedOut;
      case TASK -> EventType.TaskTimedOut;
    };
  }

  Detail scheduledDetail(
      Payload input, String region, long timeout, long heartbeat, @Nullable String role) {
    return family == Family.TASK
        ? new Detail.TaskScheduled(type, resource, region, input, timeout, heartbeat, role)
        : new Detail.WorkScheduled(resource, input, timeout, heartbeat, role);
  }

  Detail startedDetail() {
    return family == Family.TASK ? new Detail.TaskBegun(type, resource) : Detail.None.NONE;
  }

  Detail outputDetail(Payload output) {
    return family == Family.TASK
        ? new Detail.TaskOutput(type, resource, output)
        : new Detail.Output(output);
  }

  Detail failureDetail(@Nullable String error, @Nullable String cause) {
    return family == Family.TASK
        ? new Detail.TaskFailure(type, resource, error, cause)
        : new Detail.Failure(error, cause);
  }

  /// What the error of a result that is too large calls the task.
  String limitName() {
    return family == Family.TASK ? type : resource;
  }
}
