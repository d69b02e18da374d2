package dev.polder.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.ManualTime;
import dev.polder.kernel.time.RunningTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/// When schedules fire, whom they call, and what becomes of calls that fail.
final class FiringTest extends SchedulerFixture {
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
      var local = LocalDate.ofYearDay(2023, day).atTime(6, 0);
      Instant due = local.atZone(ZoneId.of("Europe/Brussels")).toInstant();
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
            AwsErrorDetails.builder().errorCode("Throttling").errorMessage("failed").build())
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
    InvokeRequest invoked = Objects.requireNonNull(functions.invoked.poll(60, SECONDS));
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
    assertThat(calls.called.poll(60, SECONDS)).isEqualTo("glue:startCrawler {\"Name\":\"c\"}");
    scheduler.createSchedule(r ->
        schedule("q", "rate(1 day)")
            .andThen(b ->
                b.target(t ->
                    t.arn("arn:aws:scheduler:::aws-sdk:athena:startQueryExecution").roleArn(ROLE)))
            .accept(r));
    assertThat(calls.called.poll(60, SECONDS))
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
}
