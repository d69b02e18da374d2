package dev.polder.stepfunctions;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.execution.Answer;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Standing;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.execution.TaskToken;
import dev.polder.stepfunctions.execution.Trigger;
import dev.polder.store.Batch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ActivityListItem;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.DeleteActivityRequest;
import software.amazon.awssdk.services.sfn.model.DeleteActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityRequest;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;

/// Activities with their workers, and callbacks with task tokens.
final class Activities {
  private final Platform platform;
  private final Engine engine;
  private final Catalogue catalogue;
  private final Scope scope;

  Activities(Platform platform, Engine engine, Catalogue catalogue, Scope scope) {
    this.platform = platform;
    this.engine = engine;
    this.catalogue = catalogue;
    this.scope = scope;
  }

  private String arn(String name) {
    return scope.arn("states", "activity:" + name).toString();
  }

  /// Creating an activity that is there answers the same as the first time.
  CreateActivityResponse create(CreateActivityRequest request) {
    String name = Constraints.name(request.name());
    var encryption = request.encryptionConfiguration();
    if (encryption != null && encryption.type() != EncryptionType.AWS_OWNED_KEY) {
      throw StepFunctionsErrors.validation(
          "EncryptionConfiguration of type "
              + encryption.typeAsString()
              + " is not supported: Polder has no keys of its customers");
    }
    Optional<Long> known = catalogue.activityCreated(scope, name);
    long created = known.orElseGet(() -> platform.time().instant().toEpochMilli());
    if (known.isEmpty()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("created", created);
      Batch batch = new Batch().put(Catalogue.activity(scope, name), JsonObject.bytes(json));
      new Tags(catalogue).put(batch, scope, arn(name), request.tags());
      catalogue.commit(batch);
    }
    return CreateActivityResponse.builder()
        .activityArn(arn(name))
        .creationDate(Instant.ofEpochMilli(created))
        .build();
  }

  private static String name(@Nullable String text) {
    Arn arn = Constraints.arn(text, "activityArn");
    String[] part = arn.resource().split(":", -1);
    if (!arn.service().equals("states") || part.length != 2 || !part[0].equals("activity")) {
      throw StepFunctionsErrors.invalidArn("Resource type not valid in this context: " + part[0]);
    }
    return part[1];
  }

  private long created(String arn) {
    return catalogue
        .activityCreated(scope, name(arn))
        .orElseThrow(() -> StepFunctionsErrors.noActivity(arn));
  }

  DescribeActivityResponse describe(DescribeActivityRequest request) {
    String arn = request.activityArn();
    String name = name(arn);
    return DescribeActivityResponse.builder()
        .activityArn(arn)
        .name(name)
        .creationDate(Instant.ofEpochMilli(created(arn)))
        .encryptionConfiguration(b -> b.type(EncryptionType.AWS_OWNED_KEY))
        .build();
  }

  DeleteActivityResponse delete(DeleteActivityRequest request) {
    String name = name(request.activityArn());
    catalogue.commit(
        new Batch()
            .delete(Catalogue.activity(scope, name))
            .delete(Catalogue.tags(scope, arn(name))));
    return DeleteActivityResponse.builder().build();
  }

  ListActivitiesResponse list(ListActivitiesRequest request) {
    int size = Constraints.page(request.maxResults());
    var page = catalogue.activities(scope, PageToken.parse(request.nextToken(), 1024), size);
    return ListActivitiesResponse.builder()
        .activities(
            page.items().stream()
                .map(each ->
                    ActivityListItem.builder()
                        .name(each.name())
                        .activityArn(arn(each.name()))
                        .creationDate(Instant.ofEpochMilli(each.created()))
                        .build())
                .toList())
        .nextToken(page.next())
        .build();
  }

  /// Waits up to 60 seconds for a task; without one the answer is empty.
  GetActivityTaskResponse take(GetActivityTaskRequest request) {
    String arn = Constraints.required(request.activityArn(), "activityArn");
    Constraints.length(request.workerName(), "workerName", 1, 80);
    created(arn);
    Optional<Standing.Tasking> task = engine.polls().take(scope, arn, request.workerName());
    GetActivityTaskResponse.Builder response = GetActivityTaskResponse.builder();
    task.ifPresent(taken -> {
      Payload input = taken.arguments();
      response.taskToken(taken.token()).input(input == null ? "{}" : input.text());
    });
    return response.build();
  }

  SendTaskSuccessResponse succeed(SendTaskSuccessRequest request) {
    Payload output = output(request.output());
    callback(request.taskToken(), new TaskOutcome.Succeeded(output));
    return SendTaskSuccessResponse.builder().build();
  }

  private static Payload output(@Nullable String text) {
    String given = Constraints.required(text, "output");
    Payload output = Payload.ofText(given);
    if (output.exceedsLimit()) {
      throw StepFunctionsErrors.validation(
          "1 validation error detected: Value at 'output' failed to satisfy constraint: Member "
              + "must have length less than or equal to "
              + Payload.LIMIT);
    }
    return output;
  }

  SendTaskFailureResponse fail(SendTaskFailureRequest request) {
    Constraints.length(request.error(), "error", 0, 256);
    Constraints.length(request.cause(), "cause", 0, 32_768);
    callback(request.taskToken(), new TaskOutcome.Failed(request.error(), request.cause()));
    return SendTaskFailureResponse.builder().build();
  }

  private static TaskToken token(@Nullable String text) {
    String given = Constraints.required(text, "taskToken");
    Constraints.length(given, "taskToken", 1, 2048);
    return TaskToken.parse(given).orElseThrow(StepFunctionsErrors::invalidToken);
  }

  private void callback(@Nullable String text, TaskOutcome outcome) {
    TaskToken token = token(text);
    if (outcome instanceof TaskOutcome.Succeeded done) {
      try {
        done.output().compact();
      } catch (Json.Malformed e) {
        throw StepFunctionsErrors.invalidOutput(
            Constraints.withoutPlace(String.valueOf(e.getMessage())));
      }
    }
    var answer = new Answer();
    var trigger = new Trigger.Callback(token.branch(), String.valueOf(text), outcome, answer);
    answered(engine.runner().ask(token.key(), trigger, answer));
  }

  SendTaskHeartbeatResponse heartbeat(SendTaskHeartbeatRequest request) {
    TaskToken token = token(request.taskToken());
    var answer = new Answer();
    var trigger = new Trigger.Heartbeat(token.branch(), request.taskToken(), answer);
    answered(engine.runner().ask(token.key(), trigger, answer));
    return SendTaskHeartbeatResponse.builder().build();
  }

  private static void answered(Answer.Kind kind) {
    switch (kind) {
      case DONE -> {}
      case UNKNOWN, TIMED_OUT -> throw StepFunctionsErrors.taskTimedOut();
    }
  }
}
