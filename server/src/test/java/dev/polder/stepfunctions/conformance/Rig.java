package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Clients;
import dev.polder.kernel.Events;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.NoLake;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.logs.LogsService;
import dev.polder.stepfunctions.StepFunctionsOptions;
import dev.polder.stepfunctions.StepFunctionsService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/// Step Functions with what a case needs around it, under a clock that skips.
final class Rig implements AutoCloseable {
  static final Scope SCOPE = new Scope("111111111111", "us-east-1");

  final Events events = new LocalEvents();
  final FakeBuckets buckets = new FakeBuckets();
  final FakeFunctions functions;
  final FakeCalls calls;
  final Time time;
  private final OneStore store;
  private final StepFunctionsService service;
  private final LogsService logs;
  private volatile @Nullable BiFunction<String, String, @Nullable Runnable> consumer;

  Rig(OneStore store, Path data, Instant begin) {
    this(store, data, begin, StepFunctionsOptions.NONE);
  }

  Rig(OneStore store, Path data, Instant begin, StepFunctionsOptions options) {
    store.clear();
    this.store = store;
    this.time = RunningTime.skipping(begin);
    Ids ids = Ids.random();
    Clients clients = new Found();
    this.functions = new FakeFunctions(ids, this::minute);
    this.calls = new FakeCalls(clients, ids, buckets, this::sent);
    Platform platform =
        new Platform(
            store,
            time,
            ids,
            events,
            new NoLake(),
            clients,
            calls,
            data,
            () -> URI.create("http://127.0.0.1:1"));
    this.logs = new LogsService(platform);
    this.service = new StepFunctionsService(platform, options);
    service.start();
  }

  // A function that sleeps does not keep the clock from skipping to the task's timeout: the test
  // waits for that on the clock itself.
  private void minute() {
    var over = new CountDownLatch(1);
    time.at(time.instant().plus(Duration.ofSeconds(6)), over::countDown);
    try {
      boolean done = over.await(60, TimeUnit.SECONDS);
      assert done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says what happens to messages: given queue and body, something to do, or null.
  void consume(BiFunction<String, String, @Nullable Runnable> by) {
    this.consumer = by;
  }

  private void sent(String queue, String body) {
    var by = consumer;
    Runnable action = by == null ? null : by.apply(queue, body);
    if (action != null) {
      time.run("consumer", action);
    }
  }

  SfnClient client() {
    return client(SCOPE);
  }

  SfnClient client(Scope scope) {
    return service.client(scope);
  }

  /// The log lines of an execution, in whatever group they are.
  List<String> logs(String executionArn) {
    var client = logs.client(SCOPE);
    return client.describeLogGroups().logGroups().stream()
        .flatMap(group ->
            client
                .filterLogEvents(b ->
                    b.logGroupName(group.logGroupName())
                        .filterPattern("{ $.execution_arn = \"" + executionArn + "\" }"))
                .events()
                .stream())
        .map(event -> event.message())
        .toList();
  }

  static String token(String body) {
    Object json = Json.parse(body);
    return String.valueOf(((Map<?, ?>) Objects.requireNonNull(json)).get("TaskToken"));
  }

  private final class Found implements Clients {
    @Override
    public <C> C get(Class<C> type, Scope scope) {
      if (type == SfnClient.class) {
        return type.cast(service.client(scope));
      }
      if (type == CloudWatchLogsClient.class) {
        return type.cast(logs.client(scope));
      }
      if (type == LambdaClient.class) {
        return type.cast(functions);
      }
      if (type == S3Client.class) {
        return type.cast(buckets);
      }
      throw new IllegalArgumentException("The case has no " + type.getSimpleName());
    }
  }

  @Override
  public void close() {
    service.close();
    time.close();
    store.clear();
  }
}
