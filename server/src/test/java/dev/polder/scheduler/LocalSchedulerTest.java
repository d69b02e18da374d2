package dev.polder.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCallException;
import dev.polder.kernel.ServiceCalls;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.ManualTime;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupSummary;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.Tag;
import software.amazon.awssdk.services.scheduler.model.ValidationException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/// Over 600 lines: all operations of one service against one fixture.
class LocalSchedulerTest {
  private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:etl";
  private static final String ROLE = "arn:aws:iam::000000000000:role/scheduler";

  @TempDir Path directory;
  private @Nullable TestPlatform opened;
  private final Machines machines = new Machines();
  private final Functions functions = new Functions();
  private final Calls calls = new Calls();

  /// Step Functions, as far as schedules use it.
  private static final class Machines implements SfnClient {
    private final BlockingQueue<StartExecutionRequest> started = new LinkedBlockingQueue<>();
    private final BlockingQueue<AwsServiceException> failures = new LinkedBlockingQueue<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private volatile @Nullable CountDownLatch stuck;

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
      return Objects.requireNonNull(started.poll(20, SECONDS), "nothing was started");
    }
  }

  /// Lambda, as far as schedules use it.
  private static final class Functions implements LambdaClient {
    private final BlockingQueue<InvokeRequest> invoked = new LinkedBlockingQueue<>();

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
  private static final class Calls implements ServiceCalls {
    private final BlockingQueue<Object> called = new LinkedBlockingQueue<>();

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

  private SchedulerClient open(Time time) {
    var platform = TestPlatform.in(directory, time);
    opened = platform;
    platform.add(SfnClient.class, machines);
    platform.add(LambdaClient.class, functions);
    platform.use(calls);
    platform.add(SchedulerService::new);
    return platform.client(SchedulerClient.class);
  }

  private SchedulerClient open() {
    return open(new ManualTime(TestPlatform.BEGIN));
  }

  private ManualTime time() {
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
  private void advance(Duration by) {
    time().advance(by);
    settle();
  }

  private void settle() {
    long deadline = System.nanoTime() + SECONDS.toNanos(20);
    while (time().working() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(time().working()).isZero();
  }

  private static Consumer<CreateScheduleRequest.Builder> schedule(String name, String expression) {
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

  private List<String> inputs() {
    List<StartExecutionRequest> requests = new ArrayList<>();
    machines.started.drainTo(requests);
    return requests.stream().map(StartExecutionRequest::input).toList();
  }

  private static String input(String time, int attempt) {
    return "{\"t\":\"" + time + "\",\"n\":" + attempt + "}";
  }

  @Test
  void aDailyScheduleFiresEachDayOfAYear() {
    SchedulerClient scheduler = open();
    scheduler.createSchedule(schedule("daily", "cron(30 6 * * ? *)"));
    Instant expected = Instant.parse("2020-05-01T06:30:00Z");
    Set<String> names = new HashSet<>();
    for (int day = 0; day < 365; day++) {
      advance(Duration.ofDays(1));
      StartExecutionRequest started = Objects.requireNonNull(machines.started.poll());
      assertThat(started.stateMachineArn()).isEqualTo(MACHINE);
      assertThat(started.input()).isEqualTo(input(expected.toString(), 1));
      assertThat(machines.started).isEmpty();
      names.add(started.name());
      expected = expected.plus(Duration.ofDays(1));
    }
    assertThat(names).hasSize(365);
  }

  @Test
  void aYearPassesInSecondsOnASkippingClock() throws InterruptedException {
    SchedulerClient scheduler = open(RunningTime.skipping(Instant.parse("2023-01-01T00:00:01Z")));
    scheduler.createSchedule(r ->
        schedule("daily", "cron(0 6 * * ? *)")
            .andThen(b ->
                b.scheduleExpressionTimezone("Europe/Brussels")
                    .endDate(Instant.parse("2024-01-01T00:00:00Z"))
                    .actionAfterCompletion(ActionAfterCompletion.DELETE))
            .accept(r));
    for (int day = 1; day <= 365; day++) {
      var local = java.time.LocalDate.ofYearDay(2023, day).atTime(6, 0);
      Instant due = local.atZone(java.time.ZoneId.of("Europe/Brussels")).toInstant();
      assertThat(machines.next().input()).isEqualTo(input(due.toString(), 1));
    }
    assertThat(machines.started).isEmpty();
  }

  @Test
  void aOneTimeScheduleFiresOnceAndGoes() {
    SchedulerClient scheduler = open();
    scheduler.createSchedule(r ->
        schedule("once", "at(2020-05-01T02:00:00)")
            .andThen(b ->
                b.scheduleExpressionTimezone("Europe/Brussels")
                    .actionAfterCompletion(ActionAfterCompletion.DELETE))
            .accept(r));
    scheduler.createSchedule(schedule("kept", "at(2020-05-02T00:00:00)"));
    scheduler.createSchedule(schedule("past", "at(2020-04-01T00:00:00)"));
    advance(Duration.ofDays(3));
    assertThat(inputs())
        .containsExactlyInAnyOrder(
            input("2020-05-01T00:00:00Z", 1), input("2020-05-02T00:00:00Z", 1));
    assertThatThrownBy(() -> scheduler.getSchedule(r -> r.name("once")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Schedule once does not exist.");
    assertThat(scheduler.getSchedule(r -> r.name("kept")).state()).isEqualTo(ScheduleState.ENABLED);
  }

  @Test
  void aRateBeginsAtOnceOrAtItsStartAndEndsAtItsEnd() {
    SchedulerClient scheduler = open();
    scheduler.createSchedule(schedule("now", "rate(10 minutes)"));
    scheduler.createSchedule(r ->
        schedule("later", "rate(10 minutes)")
            .andThen(b ->
                b.startDate(TestPlatform.BEGIN.plusSeconds(300))
                    .endDate(TestPlatform.BEGIN.plusSeconds(900)))
            .accept(r));
    settle();
    assertThat(inputs()).containsExactly(input("2020-05-01T00:00:00Z", 1));
    advance(Duration.ofMinutes(25));
    assertThat(inputs())
        .containsExactlyInAnyOrder(
            input("2020-05-01T00:05:00Z", 1),
            input("2020-05-01T00:10:00Z", 1),
            input("2020-05-01T00:15:00Z", 1),
            input("2020-05-01T00:20:00Z", 1));
  }

  @Test
  void aDisabledScheduleWaitsUntilItIsEnabled() {
    SchedulerClient scheduler = open();
    Consumer<CreateScheduleRequest.Builder> daily = schedule("s", "cron(0 6 * * ? *)");
    scheduler.createSchedule(r -> daily.andThen(b -> b.state(ScheduleState.DISABLED)).accept(r));
    advance(Duration.ofDays(2));
    assertThat(inputs()).isEmpty();
    var known = scheduler.getSchedule(r -> r.name("s"));
    scheduler.updateSchedule(r ->
        r.name("s")
            .scheduleExpression(known.scheduleExpression())
            .flexibleTimeWindow(known.flexibleTimeWindow())
            .target(known.target()));
    advance(Duration.ofDays(1));
    assertThat(inputs()).containsExactly(input("2020-05-03T06:00:00Z", 1));
    scheduler.deleteSchedule(r -> r.name("s"));
    advance(Duration.ofDays(1));
    assertThat(inputs()).isEmpty();
  }

  @Test
  void aFiringThatACrashInterruptsIsRepeatedUnderTheSameName() throws InterruptedException {
    SchedulerClient scheduler = open();
    scheduler.createSchedule(schedule("s", "at(2020-05-01T01:00:00)"));
    machines.stuck = new CountDownLatch(1);
    time().advance(Duration.ofHours(2));
    String name = machines.next().name();
    close();
    machines.stuck = null;
    open(new ManualTime(TestPlatform.BEGIN.plus(Duration.ofHours(2))));
    assertThat(machines.next().name()).isEqualTo(name);
    settle();
    close();
    open(new ManualTime(TestPlatform.BEGIN.plus(Duration.ofHours(3))));
    settle();
    assertThat(machines.started).isEmpty();
  }

  @Test
  void ofTheDueTimesThatPassedWhileDownTheLastFires() {
    SchedulerClient scheduler = open();
    scheduler.createSchedule(schedule("hourly", "cron(0 * * * ? *)"));
    scheduler.createSchedule(r ->
        schedule("impatient", "cron(10 0 * * ? *)")
            .andThen(b ->
                b.target(t ->
                    t.arn(MACHINE)
                        .roleArn(ROLE)
                        .input("impatient <aws.scheduler.scheduled-time>")
                        .retryPolicy(p -> p.maximumEventAgeInSeconds(3600))))
            .accept(r));
    close();
    open(new ManualTime(Instant.parse("2020-05-08T05:30:00Z")));
    settle();
    assertThat(inputs()).containsExactly(input("2020-05-08T05:00:00Z", 1));
    advance(Duration.ofMinutes(30));
    assertThat(inputs()).containsExactly(input("2020-05-08T06:00:00Z", 1));
    advance(Duration.parse("PT18H10M"));
    assertThat(inputs()).contains("impatient 2020-05-09T00:10:00Z");
  }

  private static AwsServiceException failure(int status) {
    return SfnException.builder()
        .statusCode(status)
        .message("failed")
        .awsErrorDetails(
            software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                .errorCode("Throttling")
                .errorMessage("failed")
                .build())
        .build();
  }

  @Test
  void failuresThatPassAreRetriedUnderTheSameName() {
    SchedulerClient scheduler = open();
    machines.failures.add(failure(400));
    machines.failures.add(failure(500));
    scheduler.createSchedule(schedule("s", "at(2020-05-01T00:00:00)"));
    settle();
    for (int i = 0; i < 4; i++) {
      advance(Duration.ofSeconds(1));
    }
    List<StartExecutionRequest> started = new ArrayList<>(machines.started);
    assertThat(inputs())
        .containsExactly(
            input("2020-05-01T00:00:00Z", 1),
            input("2020-05-01T00:00:00Z", 2),
            input("2020-05-01T00:00:00Z", 3));
    assertThat(started.stream().map(StartExecutionRequest::name).distinct()).hasSize(1);
    advance(Duration.ofDays(2));
    assertThat(inputs()).isEmpty();
  }

  @Test
  void retriesEndByNumberByAgeAndByTheKindOfFailure() {
    SchedulerClient scheduler = open();
    record Case(int retries, int age, int status, int attempts) {}
    for (Case each :
        List.of(
            new Case(0, 86_400, 500, 1), new Case(2, 86_400, 500, 3), new Case(185, 60, 500, 6))) {
      for (int i = 0; i < 200; i++) {
        machines.failures.add(failure(each.status));
      }
      String at = time().instant().plusSeconds(10).toString().replace("Z", "");
      scheduler.createSchedule(r ->
          schedule("s" + each.retries, "at(" + at + ")")
              .andThen(b ->
                  b.target(t ->
                      t.arn(MACHINE)
                          .roleArn(ROLE)
                          .retryPolicy(p ->
                              p.maximumRetryAttempts(each.retries)
                                  .maximumEventAgeInSeconds(each.age))))
              .accept(r));
      for (int i = 0; i < 200; i++) {
        advance(Duration.ofSeconds(1));
      }
      assertThat(inputs()).as(each.toString()).hasSize(each.attempts);
      machines.failures.clear();
    }
    machines.failures.add(StateMachineDoesNotExistException.builder().message("no").build());
    scheduler.createSchedule(schedule("none", "rate(1 day)"));
    settle();
    advance(Duration.ofHours(1));
    assertThat(inputs()).hasSize(1);
  }

  @Test
  void aFunctionGetsAnEventOfTheServicesOwn() throws InterruptedException {
    SchedulerClient scheduler = open();
    String function = "arn:aws:lambda:us-east-1:000000000000:function:f";
    scheduler.createSchedule(r ->
        schedule("s", "at(2020-05-01T00:00:00)")
            .andThen(b -> b.target(t -> t.arn(function).roleArn(ROLE)))
            .accept(r));
    InvokeRequest invoked = Objects.requireNonNull(functions.invoked.poll(20, SECONDS));
    assertThat(invoked.functionName()).isEqualTo(function);
    assertThat(invoked.invocationTypeAsString()).isEqualTo("Event");
    assertThat(Json.parseObject(invoked.payload().asUtf8String()))
        .containsEntry("detail-type", "Scheduled Event")
        .containsEntry("source", "aws.scheduler")
        .containsEntry("time", "2020-05-01T00:00:00Z")
        .containsEntry("account", "000000000000")
        .containsEntry("detail", "{}")
        .containsEntry(
            "resources", List.of("arn:aws:scheduler:us-east-1:000000000000:schedule/default/s"));
  }

  @Test
  void universalTargetsAreCalledByName() throws InterruptedException {
    SchedulerClient scheduler = open();
    scheduler.createSchedule(r ->
        schedule("s", "rate(1 day)")
            .andThen(b ->
                b.target(t ->
                    t.arn("arn:aws:scheduler:::aws-sdk:glue:startCrawler")
                        .roleArn(ROLE)
                        .input("{\"Name\":\"c\"}")))
            .accept(r));
    assertThat(calls.called.poll(20, SECONDS)).isEqualTo("glue:startCrawler {\"Name\":\"c\"}");
    scheduler.createSchedule(r ->
        schedule("q", "rate(1 day)")
            .andThen(b ->
                b.target(t ->
                    t.arn("arn:aws:scheduler:::aws-sdk:athena:startQueryExecution").roleArn(ROLE)))
            .accept(r));
    assertThat(calls.called.poll(20, SECONDS))
        .asString()
        .startsWith("athena:startQueryExecution {\"ClientRequestToken\":\"");
  }

  @Test
  void aFlexibleWindowPutsOffTheCallAndNotTheTime() throws InterruptedException {
    SchedulerClient scheduler = open();
    scheduler.createSchedule(r ->
        schedule("s", "cron(0 6 * * ? *)")
            .andThen(b -> b.flexibleTimeWindow(w -> w.mode("FLEXIBLE").maximumWindowInMinutes(15)))
            .accept(r));
    advance(Duration.ofHours(6));
    assertThat(machines.started).isEmpty();
    advance(Duration.ofMinutes(15));
    assertThat(inputs()).containsExactly(input("2020-05-01T06:00:00Z", 1));
  }

  @Test
  void whatIsCreatedIsAnswered() {
    SchedulerClient scheduler = open();
    var created =
        scheduler.createSchedule(r ->
            schedule("s", "cron(0 6 * * ? *)")
                .andThen(b -> b.description("d").scheduleExpressionTimezone("Europe/Brussels"))
                .accept(r));
    String arn = "arn:aws:scheduler:us-east-1:000000000000:schedule/default/s";
    assertThat(created.scheduleArn()).isEqualTo(arn);
    var known = scheduler.getSchedule(r -> r.name("s"));
    assertThat(known.arn()).isEqualTo(arn);
    assertThat(known.groupName()).isEqualTo("default");
    assertThat(known.description()).isEqualTo("d");
    assertThat(known.scheduleExpression()).isEqualTo("cron(0 6 * * ? *)");
    assertThat(known.scheduleExpressionTimezone()).isEqualTo("Europe/Brussels");
    assertThat(known.flexibleTimeWindow().modeAsString()).isEqualTo("OFF");
    assertThat(known.stateAsString()).isEqualTo("ENABLED");
    assertThat(known.actionAfterCompletionAsString()).isEqualTo("NONE");
    assertThat(known.creationDate()).isEqualTo(TestPlatform.BEGIN);
    assertThat(known.target().retryPolicy().maximumRetryAttempts()).isEqualTo(185);
    assertThat(known.target().retryPolicy().maximumEventAgeInSeconds()).isEqualTo(86_400);
  }

  @Test
  void aRepeatedCreationIsKnownByItsToken() {
    SchedulerClient scheduler = open();
    Consumer<CreateScheduleRequest.Builder> made = schedule("s", "cron(0 6 * * ? *)");
    scheduler.createSchedule(r -> made.andThen(b -> b.clientToken("t")).accept(r));
    scheduler.createSchedule(r -> made.andThen(b -> b.clientToken("t")).accept(r));
    for (String token : new String[] {"u", null}) {
      assertThatThrownBy(() ->
              scheduler.createSchedule(r -> made.andThen(b -> b.clientToken(token)).accept(r)))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("Schedule s already exists.");
    }
  }

  @Test
  void listingsComeInPagesAndByGroupPrefixAndState() {
    SchedulerClient scheduler = open();
    scheduler.createScheduleGroup(r -> r.name("other"));
    for (int i = 0; i < 7; i++) {
      String name = (i % 2 == 0 ? "even" : "odd") + i;
      String group = i < 5 ? "default" : "other";
      ScheduleState state = i == 3 ? ScheduleState.DISABLED : ScheduleState.ENABLED;
      scheduler.createSchedule(r ->
          schedule(name, "cron(0 6 * * ? *)")
              .andThen(b -> b.groupName(group).state(state))
              .accept(r));
    }
    assertThat(
            scheduler.listSchedulesPaginator(r -> r.maxResults(2)).schedules().stream()
                .map(ScheduleSummary::name))
        .containsExactly("even0", "even2", "even4", "odd1", "odd3", "even6", "odd5");
    assertThat(scheduler.listSchedules(r -> r.groupName("other")).schedules()).hasSize(2);
    assertThat(scheduler.listSchedules(r -> r.namePrefix("odd")).schedules()).hasSize(3);
    assertThat(scheduler.listSchedules(r -> r.state("DISABLED")).schedules()).hasSize(1);
    assertThat(scheduler.listSchedules(r -> r.maxResults(7)).nextToken()).isNull();
    for (String token : List.of("x", "!", "W10=")) {
      assertThatThrownBy(() -> scheduler.listSchedules(r -> r.nextToken(token)))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("Invalid NextToken");
    }
  }

  @Test
  void groupsHaveTagsAndTakeTheirSchedulesWithThem() {
    SchedulerClient scheduler = open();
    String arn =
        scheduler
            .createScheduleGroup(r -> r.name("g").tags(Tag.builder().key("a").value("1").build()))
            .scheduleGroupArn();
    assertThat(arn).isEqualTo("arn:aws:scheduler:us-east-1:000000000000:schedule-group/g");
    scheduler.tagResource(r -> r.resourceArn(arn).tags(Tag.builder().key("b").value("2").build()));
    scheduler.untagResource(r -> r.resourceArn(arn).tagKeys("a"));
    assertThat(scheduler.listTagsForResource(r -> r.resourceArn(arn)).tags())
        .containsExactly(Tag.builder().key("b").value("2").build());
    assertThat(
            scheduler.listScheduleGroups(r -> {}).scheduleGroups().stream()
                .map(ScheduleGroupSummary::name))
        .containsExactly("default", "g");
    scheduler.createSchedule(
        r -> schedule("s", "cron(0 6 * * ? *)").andThen(b -> b.groupName("g")).accept(r));
    scheduler.deleteScheduleGroup(r -> r.name("g"));
    advance(Duration.ofDays(2));
    assertThat(inputs()).isEmpty();
    assertThatThrownBy(() -> scheduler.getScheduleGroup(r -> r.name("g")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Schedule group g does not exist.");
    assertThatThrownBy(() -> scheduler.deleteScheduleGroup(r -> r.name("default")))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> scheduler.createScheduleGroup(r -> r.name("default")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void scopesDoNotSeeEachOther() {
    open().createSchedule(schedule("s", "cron(0 6 * * ? *)"));
    var other =
        Objects.requireNonNull(opened)
            .platform()
            .clients()
            .get(SchedulerClient.class, new Scope("111111111111", "eu-west-1"));
    assertThat(other.listSchedules(r -> {}).schedules()).isEmpty();
  }

  @Test
  void badDefinitionsAreRefusedWithTheirPlace() {
    SchedulerClient scheduler = open();
    Map<Consumer<CreateScheduleRequest.Builder>, String> cases =
        Map.ofEntries(
            Map.entry(b -> b.name(null), "Value null at 'name'"),
            Map.entry(b -> b.name("a b"), "Value 'a b' at 'name' failed"),
            Map.entry(b -> b.name("n".repeat(65)), "length less than or equal to 64"),
            Map.entry(b -> b.scheduleExpression(null), "Value null at 'scheduleExpression'"),
            Map.entry(
                b -> b.scheduleExpression("rate(10 seconds)"),
                "Invalid Schedule Expression rate(10 seconds)."),
            Map.entry(
                b -> b.scheduleExpressionTimezone("Mars/Olympus"),
                "Invalid Schedule Expression Timezone Mars/Olympus."),
            Map.entry(b -> b.state("ON"), "Value 'ON' at 'state' failed"),
            Map.entry(b -> b.actionAfterCompletion("GO"), "at 'actionAfterCompletion'"),
            Map.entry(b -> b.kmsKeyArn("arn:aws:kms:::k"), "KmsKeyArn is not supported"),
            Map.entry(
                b -> b.flexibleTimeWindow(w -> w.mode("FLEXIBLE")), "MaximumWindowInMinutes must"),
            Map.entry(
                b -> b.flexibleTimeWindow(w -> w.mode("FLEXIBLE").maximumWindowInMinutes(1441)),
                "less than or equal to 1440"),
            Map.entry(
                b -> b.flexibleTimeWindow(w -> w.mode("OFF").maximumWindowInMinutes(5)),
                "MaximumWindowInMinutes must not"),
            Map.entry(
                b -> b.startDate(TestPlatform.BEGIN).endDate(TestPlatform.BEGIN),
                "EndDate must come after StartDate."),
            Map.entry(
                b -> b.target(t -> t.arn("nothing").roleArn(ROLE)),
                "Provided Arn is not in correct format."),
            Map.entry(
                b -> b.target(t -> t.arn("arn:aws:kinesis:us-east-1:1:stream/s").roleArn(ROLE)),
                "The target arn:aws:kinesis:us-east-1:1:stream/s is not supported"),
            Map.entry(
                b ->
                    b.target(
                        t -> t.arn("arn:aws:scheduler:::aws-sdk:ec2:runInstances").roleArn(ROLE)),
                "The operation ec2:runInstances is not supported"),
            Map.entry(
                b ->
                    b.target(t ->
                        t.arn("arn:aws:scheduler:::aws-sdk:glue:startCrawler")
                            .roleArn(ROLE)
                            .input("{")),
                "Invalid RequestJson provided."),
            Map.entry(
                b ->
                    b.target(t ->
                        t.arn(MACHINE)
                            .roleArn(ROLE)
                            .deadLetterConfig(d -> d.arn("arn:aws:sqs:us-east-1:1:q"))),
                "Target.DeadLetterConfig is not supported"),
            Map.entry(
                b ->
                    b.target(t ->
                        t.arn(MACHINE).roleArn(ROLE).retryPolicy(p -> p.maximumRetryAttempts(186))),
                "less than or equal to 185"));
    cases.forEach((change, message) ->
        assertThatThrownBy(() ->
                scheduler.createSchedule(
                    r -> schedule("s", "rate(1 day)").andThen(change).accept(r)))
            .isInstanceOf(ValidationException.class)
            .hasMessageContaining(message));
    assertThat(scheduler.listSchedules(r -> {}).schedules()).isEmpty();
    assertThatThrownBy(() ->
            scheduler.createSchedule(
                r -> schedule("s", "rate(1 day)").andThen(b -> b.groupName("no")).accept(r)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Schedule group no does not exist.");
    assertThatThrownBy(() -> scheduler.deleteSchedule(r -> r.name("none")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
