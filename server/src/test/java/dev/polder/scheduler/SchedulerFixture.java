package dev.polder.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.polder.Await;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCallException;
import dev.polder.kernel.ServiceCalls;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.ManualTime;
import dev.polder.kernel.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/// Schedules whose targets are a state machine, a function and services by name, none of them real.
abstract class SchedulerFixture {
  static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:etl";
  static final String ROLE = "arn:aws:iam::000000000000:role/scheduler";

  @TempDir Path directory;
  @Nullable TestPlatform opened;
  final Machines machines = new Machines();
  final Functions functions = new Functions();
  final Calls calls = new Calls();

  /// Step Functions, as far as schedules use it.
  static final class Machines implements SfnClient {
    final BlockingQueue<StartExecutionRequest> started = new LinkedBlockingQueue<>();
    final BlockingQueue<AwsServiceException> failures = new LinkedBlockingQueue<>();
    final Set<String> names = ConcurrentHashMap.newKeySet();
    volatile @Nullable CountDownLatch stuck;

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
      started.add(request);
      AwsServiceException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      if (!names.add(request.name())) {
        throw ExecutionAlreadyExistsException.builder().message("again").build();
      }
      CountDownLatch latch = stuck;
      if (latch != null) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return StartExecutionResponse.builder().build();
    }

    StartExecutionRequest next() throws InterruptedException {
      return Objects.requireNonNull(started.poll(60, SECONDS), "nothing was started");
    }
  }

  /// Lambda, as far as schedules use it.
  static final class Functions implements LambdaClient {
    final BlockingQueue<InvokeRequest> invoked = new LinkedBlockingQueue<>();

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      invoked.add(request);
      return InvokeResponse.builder().statusCode(202).build();
    }
  }

  /// Services by name.
  static final class Calls implements ServiceCalls {
    final BlockingQueue<Object> called = new LinkedBlockingQueue<>();

    @Override
    public boolean supports(String service, String action) {
      return Set.of("glue:startCrawler", "athena:startQueryExecution")
          .contains(service + ":" + action);
    }

    @Override
    public Object call(Scope scope, String service, String action, @Nullable Object input) {
      called.add(service + ":" + action + " " + Json.write(input));
      throw new ServiceCallException(
          "Glue",
          "CrawlerRunningException",
          "CrawlerRunningException",
          400,
          "r",
          "m",
          new RuntimeException());
    }
  }

  SchedulerClient open(Time time) {
    var platform = TestPlatform.in(directory, time);
    opened = platform;
    platform.add(SfnClient.class, machines);
    platform.add(LambdaClient.class, functions);
    platform.use(calls);
    platform.add(SchedulerService::new);
    return platform.client(SchedulerClient.class);
  }

  SchedulerClient open() {
    return open(new ManualTime(TestPlatform.BEGIN));
  }

  ManualTime time() {
    return Objects.requireNonNull(opened).time();
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  /// Moves the clock and waits for what that set going.
  void advance(Duration by) {
    time().advance(by);
    settle();
  }

  void settle() {
    Await.until(() -> time().working() == 0);
  }

  static Consumer<CreateScheduleRequest.Builder> schedule(String name, String expression) {
    return r ->
        r.name(name)
            .scheduleExpression(expression)
            .flexibleTimeWindow(w -> w.mode(FlexibleTimeWindowMode.OFF))
            .target(t ->
                t.arn(MACHINE)
                    .roleArn(ROLE)
                    .input(
                        "{\"t\":\"<aws.scheduler.scheduled-time>\",\"n\":<aws.scheduler.attempt-number>}"));
  }

  List<String> inputs() {
    List<StartExecutionRequest> requests = new ArrayList<>();
    machines.started.drainTo(requests);
    return requests.stream().map(StartExecutionRequest::input).toList();
  }

  static String input(String time, int attempt) {
    return "{\"t\":\"" + time + "\",\"n\":" + attempt + "}";
  }
}
