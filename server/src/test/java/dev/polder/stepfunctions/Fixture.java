package dev.polder.stepfunctions;

import dev.polder.kernel.Clients;
import dev.polder.kernel.Event;
import dev.polder.kernel.Events;
import dev.polder.kernel.Ids;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.NoLake;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCallException;
import dev.polder.kernel.ServiceCalls;
import dev.polder.kernel.time.Time;
import dev.polder.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// Step Functions with functions and queries that a test holds in its hands.
final class Fixture implements AutoCloseable {
  static final String ROLE = "arn:aws:iam::000000000000:role/machine";
  static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:";

  final Events events = new LocalEvents();
  final StepFunctionsService service;
  final Time time;
  private final Outside outside;

  /// What is outside of the process and survives it: functions by name, and queries by token.
  static final class Outside {
    final Map<String, UnaryOperator<String>> functions = new ConcurrentHashMap<>();
    final Map<String, String> queries = new ConcurrentHashMap<>();
    final Map<String, String> states = new ConcurrentHashMap<>();
    final List<String> stopped = new CopyOnWriteArrayList<>();

    /// Whether a query ends as soon as it is begun.
    volatile boolean quick = true;
  }

  Fixture(Store store, Time time, Path data, Outside outside) {
    this(store, time, data, outside, StepFunctionsOptions.NONE);
  }

  Fixture(Store store, Time time, Path data, Outside outside, StepFunctionsOptions options) {
    this.time = time;
    this.outside = outside;
    this.service =
        new StepFunctionsService(
            new Platform(
                store,
                time,
                Ids.random(),
                events,
                new NoLake(),
                new Found(),
                new Calls(),
                data,
                () -> URI.create("http://127.0.0.1:1")),
            options);
  }

  Fixture started() {
    service.start();
    return this;
  }

  SfnClient client() {
    return service.client(Scope.DEFAULT);
  }

  String machine(String name, String definition) {
    return client()
        .createStateMachine(b -> b.name(name).definition(definition).roleArn(ROLE))
        .stateMachineArn();
  }

  String start(String machine, String name, String input) {
    return client()
        .startExecution(b -> b.stateMachineArn(machine).name(name).input(input))
        .executionArn();
  }

  DescribeExecutionResponse describe(String arn) {
    return client().describeExecution(b -> b.executionArn(arn));
  }

  List<HistoryEvent> history(String arn) {
    return client()
        .getExecutionHistoryPaginator(b -> b.executionArn(arn).maxResults(1000))
        .events()
        .stream()
        .toList();
  }

  /// The types of the events without what says which state it is of.
  List<String> types(String arn) {
    return history(arn).stream().map(HistoryEvent::typeAsString).toList();
  }

  /// Waits for an execution's end.
  DescribeExecutionResponse end(String arn) {
    var over = new CountDownLatch(1);
    try (var _ =
        events.subscribe(event -> {
          if (arn.equals(event.detail().get("executionArn"))
              && !"RUNNING".equals(event.detail().get("status"))) {
            over.countDown();
          }
        })) {
      if (describe(arn).status() == ExecutionStatus.RUNNING && !over.await(120, TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + history(arn));
      }
      return describe(arn);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Ends a query and tells of it.
  void endQuery(String id, String state) {
    outside.states.put(id, state);
    events.publish(
        new Event(
            "event",
            Scope.DEFAULT,
            Instant.EPOCH,
            "aws.athena",
            "Athena Query State Change",
            List.of(),
            Map.of("queryExecutionId", id, "currentState", state)));
  }

  @Override
  public void close() {
    service.close();
  }

  private final class Found implements Clients {
    @Override
    public <C> C get(Class<C> type, Scope scope) {
      return type.cast(type == SfnClient.class ? service.client(scope) : new Functions());
    }
  }

  private final class Functions implements LambdaClient {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      String name = request.functionName();
      UnaryOperator<String> function =
          outside.functions.getOrDefault(name.substring(name.lastIndexOf(':') + 1), s -> s);
      InvokeResponse.Builder response = InvokeResponse.builder().statusCode(200);
      try {
        String result = function.apply(request.payload().asUtf8String());
        return response.payload(SdkBytes.fromUtf8String(result)).build();
      } catch (IllegalStateException e) {
        return response
            .functionError("Unhandled")
            .payload(
                SdkBytes.fromUtf8String(
                    "{\"errorType\":\"Boom\",\"errorMessage\":\"" + e.getMessage() + "\"}"))
            .build();
      }
    }
  }

  private final class Calls implements ServiceCalls {
    @Override
    public boolean supports(String service, String action) {
      return service.equals("athena");
    }

    @Override
    public @Nullable Object call(
        Scope scope, String service, String action, @Nullable Object input) {
      Map<?, ?> given = (Map<?, ?>) Objects.requireNonNull(input);
      return switch (action) {
        case "startQueryExecution" -> {
          String token = String.valueOf(given.get("ClientRequestToken"));
          String id = outside.queries.computeIfAbsent(token, t -> "query-" + t);
          outside.states.putIfAbsent(id, outside.quick ? "SUCCEEDED" : "RUNNING");
          yield Map.of("QueryExecutionId", id);
        }
        case "getQueryExecution" -> {
          String id = String.valueOf(given.get("QueryExecutionId"));
          yield Map.of(
              "QueryExecution",
              Map.of("QueryExecutionId", id, "Status", Map.of("State", outside.states.get(id))));
        }
        case "stopQueryExecution" -> {
          String id = String.valueOf(given.get("QueryExecutionId"));
          outside.stopped.add(id);
          outside.states.put(id, "CANCELLED");
          yield Map.of();
        }
        default ->
            throw new ServiceCallException(
                "Athena", "X", "AthenaException", 400, "r", action, new IllegalStateException());
      };
    }
  }
}
