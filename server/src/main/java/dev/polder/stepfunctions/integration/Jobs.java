package dev.polder.stepfunctions.integration;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCallException;
import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Standing.Job;
import dev.polder.stepfunctions.execution.TaskOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;

/// Jobs that tasks wait for: executions, queries and crawls.
final class Jobs {
  private static final System.Logger LOG = System.getLogger(Jobs.class.getName());
  static final String EXECUTION = "execution";
  static final String QUERY = "query";
  static final String CRAWL = "crawl";
  private static final String FAILED = "States.TaskFailed";

  private final Platform platform;

  Jobs(Platform platform) {
    this.platform = platform;
  }

  Job query(Scope scope, Arguments answer) {
    return new Job(QUERY, id(scope, String.valueOf(answer.text("QueryExecutionId"))));
  }

  Job crawl(TaskCall call) {
    return new Job(CRAWL, id(call.scope(), String.valueOf(call.arguments().text("Name"))));
  }

  /// How a job of a service is known here: with account and region before the service's own name.
  static String id(Scope scope, String name) {
    return scope.account() + "/" + scope.region() + "/" + name;
  }

  /// Starts a child execution. Its name, where none is given, follows from the task, so that the
  /// same task never starts two.
  TaskOutcome startExecution(
      TaskCall call, Resource.Optimized resource, ResponseMetadata metadata) {
    if (!resource.action().equals("startExecution")) {
      return Tasks.unsupported(resource.arn());
    }
    Arguments arguments = call.arguments();
    String machine = arguments.text("StateMachineArn");
    String input = arguments.text("Input");
    String name = arguments.text("Name");
    StartExecutionRequest request =
        StartExecutionRequest.builder()
            .stateMachineArn(machine)
            .input(input == null ? "{}" : input)
            .name(name == null ? call.idempotency() : name)
            .traceHeader(arguments.text("TraceHeader"))
            .build();
    try {
      var started = client(call.scope(), machine).startExecution(request);
      return started(resource, metadata, started.executionArn(), started.startDate());
    } catch (ExecutionAlreadyExistsException e) {
      if (call.again() || name == null) {
        String arn = childArn(String.valueOf(machine), request.name());
        var known = client(call.scope(), arn).describeExecution(r -> r.executionArn(arn));
        return started(resource, metadata, arn, known.startDate());
      }
      return refused(e);
    } catch (SfnException e) {
      return refused(e);
    }
  }

  private static String childArn(String machine, String name) {
    String[] parts = machine.split(":");
    parts[5] = "execution";
    return String.join(":", Arrays.copyOf(parts, 7)) + ":" + name;
  }

  private SfnClient client(Scope scope, @Nullable String arn) {
    Scope own = arn == null ? scope : Arn.parse(arn).map(a -> a.scope(scope)).orElse(scope);
    return platform.clients().get(SfnClient.class, own);
  }

  private static TaskOutcome refused(SfnException e) {
    var details = e.awsErrorDetails();
    return ServiceErrors.optimized(
        "states",
        new ServiceCallException(
            "Sfn",
            details.errorCode(),
            e.getClass().getSimpleName(),
            e.statusCode(),
            String.valueOf(e.requestId()),
            details.errorMessage(),
            e));
  }

  private static TaskOutcome started(
      Resource.Optimized resource, ResponseMetadata metadata, String arn, Instant start) {
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("ExecutionArn", arn);
    // What the service's answer is on the wire.
    Object seconds = new BigDecimal(start.toEpochMilli()).movePointLeft(12);
    String body = "{\"executionArn\":\"" + arn + "\",\"startDate\":" + seconds + "E9}";
    output.putAll(metadata.json(body.length()));
    output.put("StartDate", start.toEpochMilli());
    Payload payload = Payload.of(output);
    return switch (resource.pattern()) {
      case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> new TaskOutcome.Succeeded(payload);
      case SYNC, SYNC_2 -> new TaskOutcome.Submitted(payload, new Job(EXECUTION, arn));
    };
  }

  /// How a job ended; empty while it runs.
  Optional<TaskOutcome> outcome(Scope scope, Resource resource, Job job) {
    try {
      return switch (job.kind()) {
        case EXECUTION -> execution(scope, resource, job);
        case QUERY -> query(job);
        case CRAWL -> crawl(job);
        default -> throw new IllegalStateException("No such kind of job: " + job.kind());
      };
    } catch (ServiceCallException e) {
      return Optional.of(ServiceErrors.sdk(e));
    } catch (SdkException e) {
      return Optional.of(new TaskOutcome.Failed(FAILED, e.getMessage()));
    }
  }

  private Optional<TaskOutcome> execution(Scope scope, Resource resource, Job job) {
    DescribeExecutionResponse described =
        client(scope, job.id()).describeExecution(r -> r.executionArn(job.id()));
    if (described.status() == ExecutionStatus.RUNNING) {
      return Optional.empty();
    }
    boolean parsed =
        resource instanceof Resource.Optimized o && o.pattern() == Resource.Pattern.SYNC_2;
    Map<String, @Nullable Object> told = ChildExecution.told(described, parsed);
    return Optional.of(
        described.status() == ExecutionStatus.SUCCEEDED
            ? new TaskOutcome.Succeeded(Payload.of(told))
            : new TaskOutcome.Failed(FAILED, Json.write(told)));
  }

  private record Place(Scope scope, String name) {
    static Place of(Job job) {
      String[] parts = job.id().split("/", 3);
      return new Place(new Scope(parts[0], parts[1]), parts[2]);
    }
  }

  private Optional<TaskOutcome> query(Job job) {
    Place place = Place.of(job);
    Arguments answer =
        Arguments.of(
            platform
                .calls()
                .call(
                    place.scope(),
                    "athena",
                    "getQueryExecution",
                    Map.of("QueryExecutionId", place.name())));
    Arguments query = Arguments.of(answer.members().get("QueryExecution"));
    String state = Arguments.of(query.members().get("Status")).text("State");
    return switch (String.valueOf(state)) {
      case "SUCCEEDED" -> Optional.of(new TaskOutcome.Succeeded(Payload.of(answer.members())));
      case "FAILED", "CANCELLED" ->
          Optional.of(new TaskOutcome.Failed(FAILED, Json.write(answer.members())));
      default -> Optional.empty();
    };
  }

  private Arguments crawler(Place place) {
    return Arguments.of(
        Arguments.of(
                platform
                    .calls()
                    .call(place.scope(), "glue", "getCrawler", Map.of("Name", place.name())))
            .members()
            .get("Crawler"));
  }

  private Optional<TaskOutcome> crawl(Job job) {
    Arguments crawler = crawler(Place.of(job));
    if (!"READY".equals(crawler.text("State"))) {
      return Optional.empty();
    }
    Arguments last = Arguments.of(crawler.members().get("LastCrawl"));
    if ("SUCCEEDED".equals(last.text("Status"))) {
      Map<String, @Nullable Object> output = new LinkedHashMap<>();
      output.put("Crawler", crawler.members());
      return Optional.of(new TaskOutcome.Succeeded(Payload.of(output)));
    }
    String message = last.text("ErrorMessage");
    return Optional.of(
        new TaskOutcome.Failed(
            "Glue.Crawler" + ("CANCELLED".equals(last.text("Status")) ? "Cancelled" : "Failed"),
            message == null ? Json.write(last.members()) : message));
  }

  /// Whether a crawl runs, or has run, that began after the task was scheduled: then it was this
  /// task that started it, before the process ended.
  boolean crawlBegun(TaskCall call) {
    try {
      Arguments crawler = crawler(Place.of(crawl(call)));
      if (!"READY".equals(crawler.text("State"))) {
        return true;
      }
      String start = Arguments.of(crawler.members().get("LastCrawl")).text("StartTime");
      return start != null && !instant(start).isBefore(call.scheduledAt());
    } catch (ServiceCallException e) {
      return false;
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1000));
    }
  }

  /// Stops a job as well as may be: it may have ended already.
  void cancel(Scope scope, Job job) {
    try {
      switch (job.kind()) {
        case EXECUTION -> client(scope, job.id()).stopExecution(r -> r.executionArn(job.id()));
        case QUERY -> call(job, "athena", "stopQueryExecution", "QueryExecutionId");
        case CRAWL -> call(job, "glue", "stopCrawler", "Name");
        default -> {}
      }
    } catch (ServiceCallException | SdkException e) {
      LOG.log(WARNING, "Cannot stop the " + job.kind() + " " + job.id() + ": " + e.getMessage());
    }
  }

  private void call(Job job, String service, String action, String member) {
    Place place = Place.of(job);
    platform.calls().call(place.scope(), service, action, Map.of(member, place.name()));
  }
}
