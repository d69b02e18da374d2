package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.ServiceCallException;
import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.asl.Resource.Pattern;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.TaskOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The integrations that Step Functions is built for. Their services are those of this process;
/// what is not there fails the task by name.
record OptimizedCall(
    Platform platform,
    FunctionCall functions,
    Jobs jobs,
    ResponseMetadata metadata,
    HttpCall http) {

  TaskOutcome call(TaskCall call, Resource.Optimized resource) {
    try {
      TaskOutcome outcome =
          switch (resource.service()) {
            case "lambda" -> functions.optimized(call.scope(), call.arguments());
            case "states" -> jobs.startExecution(call, resource, metadata);
            case "athena" -> athena(call, resource);
            case "glue" -> glue(call, resource);
            case "sqs" -> plain(call, resource, call.arguments().withText("MessageBody"));
            case "sns" -> plain(call, resource, call.arguments().withText("Message"));
            case "events" -> events(call, resource);
            case "http" -> http.call(call);
            default -> plain(call, resource, call.arguments());
          };
      return awaitingToken(resource, outcome);
    } catch (ServiceCallException e) {
      return ServiceErrors.optimized(resource.service(), e);
    }
  }

  private static TaskOutcome awaitingToken(Resource.Optimized resource, TaskOutcome outcome) {
    return resource.pattern() == Pattern.WAIT_FOR_TASK_TOKEN
            && outcome instanceof TaskOutcome.Succeeded done
        ? new TaskOutcome.Submitted(done.output(), null)
        : outcome;
  }

  /// One call, whose answer with the metadata of the response is the result.
  private TaskOutcome plain(TaskCall call, Resource.Optimized resource, Arguments arguments) {
    String service = resource.service();
    if (!platform.calls().supports(service, resource.action())) {
      return Tasks.unsupported(resource.arn());
    }
    Map<String, @Nullable Object> answer = answer(call, service, resource.action(), arguments);
    int length = Json.write(answer).getBytes(StandardCharsets.UTF_8).length;
    answer.putAll(headers(service, length));
    return new TaskOutcome.Succeeded(Payload.of(answer));
  }

  private Map<String, @Nullable Object> headers(String service, int length) {
    return switch (service) {
      case "sns" -> metadata.of(Map.of(), "text/xml", 294, 200);
      case "dynamodb" -> {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("Server", "Server");
        own.put("Connection", "keep-alive");
        own.put("x-amz-crc32", "0");
        yield metadata.of(own, "application/x-amz-json-1.0", length, 200);
      }
      default -> metadata.json(length);
    };
  }

  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> answer(
      TaskCall call, String service, String action, Arguments arguments) {
    Object answer = platform.calls().call(call.scope(), service, action, arguments.members());
    return answer instanceof Map<?, ?> map
        ? new LinkedHashMap<>((Map<String, @Nullable Object>) map)
        : new LinkedHashMap<>();
  }

  private TaskOutcome athena(TaskCall call, Resource.Optimized resource) {
    if (!resource.action().equals("startQueryExecution")) {
      return plain(call, resource, call.arguments());
    }
    Arguments arguments = call.arguments();
    if (!arguments.has("ClientRequestToken")) {
      arguments = arguments.with("ClientRequestToken", call.idempotency());
    }
    if (resource.pattern() == Pattern.REQUEST_RESPONSE) {
      return plain(call, resource, arguments);
    }
    TaskOutcome started = plain(call, resource, arguments);
    return started instanceof TaskOutcome.Succeeded done
        ? new TaskOutcome.Submitted(
            done.output(), jobs.query(call.scope(), Arguments.of(done.output().value())))
        : started;
  }

  /// `glue:startCrawler.sync` is Polder's own: the real service has no integration that waits for a
  /// crawler.
  private TaskOutcome glue(TaskCall call, Resource.Optimized resource) {
    boolean crawler = resource.action().equals("startCrawler");
    if (!crawler || resource.pattern() == Pattern.REQUEST_RESPONSE) {
      return plain(call, resource, call.arguments());
    }
    if (call.again() && jobs.crawlBegun(call)) {
      return new TaskOutcome.Submitted(Payload.EMPTY, jobs.crawl(call));
    }
    TaskOutcome started = plain(call, resource, call.arguments());
    return started instanceof TaskOutcome.Succeeded done
        ? new TaskOutcome.Submitted(done.output(), jobs.crawl(call))
        : started;
  }

  /// `events:putEvents` fails as a whole if any entry did (recorded).
  private TaskOutcome events(TaskCall call, Resource.Optimized resource) {
    if (!platform.calls().supports("events", resource.action())) {
      return Tasks.unsupported(resource.arn());
    }
    Arguments arguments = call.arguments();
    if (arguments.members().get("Entries") instanceof List<?> entries) {
      List<@Nullable Object> written = new ArrayList<>();
      for (Object entry : entries) {
        written.add(Arguments.of(entry).withText("Detail").members());
      }
      arguments = arguments.with("Entries", written);
    }
    Map<String, @Nullable Object> answer = answer(call, "events", resource.action(), arguments);
    boolean failed = answer.get("FailedEntryCount") instanceof Number n && n.longValue() > 0;
    return failed
        ? new TaskOutcome.Failed("EventBridge.FailedEntry", Json.write(answer))
        : new TaskOutcome.Succeeded(Payload.of(answer));
  }
}
