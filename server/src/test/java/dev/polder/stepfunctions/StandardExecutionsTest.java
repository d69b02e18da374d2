package dev.polder.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.Await;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.ManualTime;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/// Standard executions under a clock that the test holds.
class StandardExecutionsTest {
  @TempDir private Path directory;
  private final ManualTime time = new ManualTime(TestPlatform.BEGIN);
  private final Fixture.Outside outside = new Fixture.Outside();
  private Store store;
  private Fixture fixture;

  @BeforeEach
  void open() {
    store = RocksStore.open(directory.resolve("store"));
    fixture = new Fixture(store, time, directory, outside).started();
  }

  @AfterEach
  void close() {
    fixture.close();
    store.close();
  }

  private static String machine(String states) {
    return "{\"StartAt\":\"A\",\"States\":{" + states + "}}";
  }

  private boolean idle() {
    return time.working() == 0;
  }

  @Test
  void aMachineThatOnlyComputesIsOverWhenItsStartReturns() {
    String machine =
        fixture.machine(
            "compute",
            machine(
                """
                "A":{"Type":"Pass","Result":{"n":2},"Next":"B"},
                "B":{"Type":"Choice","Choices":[{"Variable":"$.n",
                "NumericEquals":2,"Next":"C"}],"Default":"D"},
                "C":{"Type":"Succeed"},"D":{"Type":"Fail"}
                """));

    String arn = fixture.start(machine, "one", "{}");

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(fixture.describe(arn).output()).isEqualTo("{\"n\":2}");
    assertThat(fixture.types(arn))
        .containsExactly(
            "ExecutionStarted",
            "PassStateEntered",
            "PassStateExited",
            "ChoiceStateEntered",
            "ChoiceStateExited",
            "SucceedStateEntered",
            "SucceedStateExited",
            "ExecutionSucceeded");
  }

  @Test
  void aWaitEndsAtItsTimeAndNotBefore() {
    String machine =
        fixture.machine("wait", machine("\"A\":{\"Type\":\"Wait\",\"Seconds\":30,\"End\":true}"));
    String arn = fixture.start(machine, "one", "{}");

    time.advance(Duration.ofSeconds(29));
    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);
    time.advance(Duration.ofSeconds(1));

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(fixture.describe(arn).stopDate()).isEqualTo(TestPlatform.BEGIN.plusSeconds(30));
  }

  @Test
  void retriesComeAfterTheirIntervalsAndThenTheCatcherHasItsTurn() {
    List<Long> at = new CopyOnWriteArrayList<>();
    outside.functions.put(
        "bad",
        _ -> {
          at.add(time.instant().getEpochSecond() - TestPlatform.BEGIN.getEpochSecond());
          throw new IllegalStateException("no");
        });
    String machine =
        fixture.machine(
            "retry",
            machine(
                "\"A\":{\"Type\":\"Task\",\"Resource\":\""
                    + Fixture.FUNCTION
                    + "bad\",\"Retry\":[{\"ErrorEquals\":[\"Boom\"],\"IntervalSeconds\":2,"
                    + "\"BackoffRate\":3,\"MaxAttempts\":3,\"MaxDelaySeconds\":10}],"
                    + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.e\","
                    + "\"Next\":\"B\"}],\"End\":true},\"B\":{\"Type\":\"Pass\",\"End\":true}"));
    String arn = fixture.start(machine, "one", "{}");
    for (int second = 0; second < 30; second++) {
      Await.until(this::idle);
      time.advance(Duration.ofSeconds(1));
    }
    Await.until(this::idle);

    assertThat(at).containsExactly(0L, 2L, 8L, 18L);
    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(fixture.describe(arn).output()).contains("\"Error\":\"Boom\"");
  }

  @Test
  void branchesAndIterationsGiveTheirResultsInOrder() {
    String machine =
        fixture.machine(
            "fork",
            machine(
                """
                "A":{"Type":"Parallel","Next":"B","Branches":[
                {"StartAt":"A1","States":{"A1":{"Type":"Wait","Seconds":5,
                "Next":"A2"},"A2":{"Type":"Pass","Result":1,"End":true}}},
                {"StartAt":"A3","States":{"A3":{"Type":"Pass","Result":2,
                "End":true}}}]},
                "B":{"Type":"Map","MaxConcurrency":1,"ItemProcessor":{
                "StartAt":"B1","States":{"B1":{"Type":"Wait","Seconds":3,
                "End":true}}},"End":true}
                """));
    String arn = fixture.start(machine, "one", "{}");

    time.advance(Duration.ofSeconds(10));
    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);
    time.advance(Duration.ofSeconds(1));

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(fixture.describe(arn).output()).isEqualTo("[1,2]");
  }

  @Test
  void aMachineHasATimeForTheWhole() {
    String machine =
        fixture.machine(
            "limit",
            """
            {"StartAt":"A","TimeoutSeconds":5,"States":{"A":{"Type":"Wait",
            "Seconds":60,"End":true}}}
            """);
    String arn = fixture.start(machine, "one", "{}");

    time.advance(Duration.ofSeconds(5));

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(fixture.types(arn).getLast()).isEqualTo("ExecutionTimedOut");
  }

  @Test
  void stoppingAnExecutionStopsTheQueryItWaitsFor() {
    outside.quick = false;
    String arn = fixture.start(fixture.machine("query", query()), "one", "{}");
    Await.until(() -> fixture.types(arn).contains("TaskSubmitted"));

    fixture.client().stopExecution(b -> b.executionArn(arn).error("Enough").cause("said so"));

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(fixture.describe(arn).error()).isEqualTo("Enough");
    Await.until(() -> !outside.stopped.isEmpty());
    assertThat(outside.queries.values()).containsExactlyElementsOf(outside.stopped);
  }

  private static String query() {
    return machine(
        """
        "A":{"Type":"Task","Resource":"arn:aws:states:::athena:startQueryExecution.sync",
        "Parameters":{"QueryString":"SELECT 1"},"End":true}
        """);
  }

  @Test
  void aQueryIsAwaitedByItsEvent() {
    outside.quick = false;
    String arn = fixture.start(fixture.machine("query", query()), "one", "{}");
    Await.until(() -> fixture.types(arn).contains("TaskSubmitted") && idle());
    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);

    fixture.endQuery(outside.queries.values().iterator().next(), "FAILED");
    Await.until(() -> fixture.describe(arn).status() != ExecutionStatus.RUNNING);

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(fixture.describe(arn).error()).isEqualTo("States.TaskFailed");
    assertThat(fixture.describe(arn).cause()).contains("\"State\":\"FAILED\"");
  }

  @Test
  void anActivityIsWorkedByWhoeverAsks() {
    String activity = fixture.client().createActivity(b -> b.name("work")).activityArn();
    String machine =
        fixture.machine(
            "activity",
            machine(
                "\"A\":{\"Type\":\"Task\",\"Resource\":\""
                    + activity
                    + "\",\"HeartbeatSeconds\":10,\"TimeoutSeconds\":100,\"End\":true}"));
    String arn = fixture.start(machine, "one", "{\"n\":1}");
    var task = fixture.client().getActivityTask(b -> b.activityArn(activity).workerName("w"));
    assertThat(task.input()).isEqualTo("{\"n\":1}");

    time.advance(Duration.ofSeconds(9));
    fixture.client().sendTaskHeartbeat(b -> b.taskToken(task.taskToken()));
    time.advance(Duration.ofSeconds(9));
    fixture.client().sendTaskSuccess(b -> b.taskToken(task.taskToken()).output("{\"n\":2}"));

    assertThat(fixture.describe(arn).output()).isEqualTo("{\"n\":2}");
    assertThatThrownBy(() -> fixture.client().sendTaskHeartbeat(b -> b.taskToken(task.taskToken())))
        .isInstanceOf(TaskTimedOutException.class);
  }

  @Test
  void aMissedHeartbeatEndsTheTask() {
    String activity = fixture.client().createActivity(b -> b.name("work")).activityArn();
    String machine =
        fixture.machine(
            "activity",
            machine(
                "\"A\":{\"Type\":\"Task\",\"Resource\":\""
                    + activity
                    + "\",\"HeartbeatSeconds\":10,\"Catch\":[{\"ErrorEquals\":"
                    + "[\"States.HeartbeatTimeout\"],\"Next\":\"B\"}],\"End\":true},"
                    + "\"B\":{\"Type\":\"Pass\",\"End\":true}"));
    String arn = fixture.start(machine, "one", "{}");
    fixture.client().getActivityTask(b -> b.activityArn(activity));

    time.advance(Duration.ofSeconds(10));

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(fixture.describe(arn).output())
        .isEqualTo("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
  }

  @Test
  void theSameStartTwiceIsOneExecution() {
    String machine =
        fixture.machine("wait", machine("\"A\":{\"Type\":\"Wait\",\"Seconds\":30,\"End\":true}"));
    String first = fixture.start(machine, "one", "{\"a\":1}");

    assertThat(fixture.start(machine, "one", "{\"a\":1}")).isEqualTo(first);
    assertThatThrownBy(() -> fixture.start(machine, "one", "{\"a\":2}"))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
    time.advance(Duration.ofSeconds(30));
    assertThatThrownBy(() -> fixture.start(machine, "one", "{\"a\":1}"))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
    time.advance(Duration.ofDays(91));
    assertThat(fixture.start(machine, "one", "{\"a\":3}")).isEqualTo(first);
    assertThat(fixture.describe(first).input()).isEqualTo("{\"a\":3}");
  }

  @Test
  void aFailedExecutionIsRedrivenFromWhereItFailed() {
    outside.functions.put(
        "bad",
        _ -> {
          throw new IllegalStateException("no");
        });
    String machine =
        fixture.machine(
            "redrive",
            machine(
                "\"A\":{\"Type\":\"Pass\",\"Result\":{\"n\":1},\"Next\":\"B\"},"
                    + "\"B\":{\"Type\":\"Task\",\"Resource\":\""
                    + Fixture.FUNCTION
                    + "bad\",\"End\":true}"));
    String arn = fixture.start(machine, "one", "{}");
    Await.until(() -> fixture.describe(arn).status() == ExecutionStatus.FAILED);
    outside.functions.put("bad", s -> s);

    fixture.client().redriveExecution(b -> b.executionArn(arn));
    Await.until(() -> fixture.describe(arn).status() != ExecutionStatus.RUNNING);

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(fixture.describe(arn).redriveCount()).isEqualTo(1);
    assertThat(fixture.types(arn)).containsSubsequence("ExecutionFailed", "ExecutionRedriven");
    assertThat(fixture.types(arn)).containsOnlyOnce("PassStateEntered");
  }

  @Test
  void historyComesInPagesBothWays() {
    String machine = fixture.machine("pass", machine("\"A\":{\"Type\":\"Pass\",\"End\":true}"));
    String arn = fixture.start(machine, "one", "{}");

    List<Long> forwards = new ArrayList<>();
    fixture
        .client()
        .getExecutionHistoryPaginator(b -> b.executionArn(arn).maxResults(3))
        .events()
        .forEach(e -> forwards.add(e.id()));
    List<Long> backwards = new ArrayList<>();
    fixture
        .client()
        .getExecutionHistoryPaginator(b -> b.executionArn(arn).maxResults(1).reverseOrder(true))
        .events()
        .forEach(e -> backwards.add(e.id()));

    assertThat(forwards).containsExactly(1L, 2L, 3L, 4L);
    assertThat(backwards).containsExactly(4L, 3L, 2L, 1L);
  }

  @Test
  void anEndlessLoopEndsAtTheLimitOfItsHistory() {
    String machine =
        fixture.machine(
            "loop",
            machine(
                """
                "A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{
                "Variable":"$.never","IsPresent":true,"Next":"C"}],
                "Default":"A"},"C":{"Type":"Succeed"}
                """));
    String arn = fixture.start(machine, "one", "{}");
    Await.until(() -> fixture.describe(arn).status() != ExecutionStatus.RUNNING);

    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(fixture.history(arn)).hasSizeLessThanOrEqualTo(25_000);
  }

  @Test
  void anExecutionEndsAfterAYear() {
    String activity = fixture.client().createActivity(b -> b.name("work")).activityArn();
    String machine =
        fixture.machine(
            "activity",
            machine("\"A\":{\"Type\":\"Task\",\"Resource\":\"" + activity + "\",\"End\":true}"));
    String arn = fixture.start(machine, "one", "{}");
    var task = fixture.client().getActivityTask(b -> b.activityArn(activity));
    time.advance(Duration.ofDays(365));
    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);
    time.advance(Duration.ofSeconds(1));

    assertThatThrownBy(
            () -> fixture.client().sendTaskSuccess(b -> b.taskToken(task.taskToken()).output("1")))
        .isInstanceOf(TaskTimedOutException.class);
    assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
  }

  @Test
  void noTimerKeepsAnExecutionForLongerThanAYear() {
    int year = 365 * 86_400;
    fixture.client().createActivity(b -> b.name("work"));
    String activity = "arn:aws:states:us-east-1:000000000000:activity:work";
    List<String> tooLong =
        List.of(
            "\"Type\":\"Wait\",\"Seconds\":" + 2 * year,
            "\"Type\":\"Task\",\"TimeoutSeconds\":"
                + 2 * year
                + ",\"Resource\":\""
                + activity
                + "\"");
    List<String> arns = new ArrayList<>();
    for (String state : tooLong) {
      String machine =
          fixture.machine("m" + arns.size(), machine("\"A\":{" + state + ",\"End\":true}"));
      arns.add(fixture.start(machine, "one", "{}"));
    }
    String whole =
        fixture.start(
            fixture.machine(
                "whole",
                machine("\"A\":{\"Type\":\"Wait\",\"Seconds\":" + year + ",\"End\":true}")),
            "one",
            "{}");

    time.advance(Duration.ofSeconds(year + 1));

    // Told by their histories, since a description would look at the age itself.
    assertThat(arns)
        .allSatisfy(arn -> {
          var end = fixture.history(arn).getLast();
          assertThat(end.typeAsString()).isEqualTo("ExecutionTimedOut");
          assertThat(end.timestamp()).isBeforeOrEqualTo(TestPlatform.BEGIN.plusSeconds(year + 1));
          assertThat(fixture.describe(arn).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        });
    assertThat(fixture.types(whole)).endsWith("WaitStateExited", "ExecutionSucceeded");
  }

  @Test
  void tenThousandWaitAndAllGoOn() {
    String machine =
        fixture.machine("wait", machine("\"A\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10_000; i++) {
        int n = i;
        threads.submit(() -> fixture.start(machine, "e" + n, "{}"));
      }
    }
    assertThat(
            fixture
                .client()
                .listExecutionsPaginator(
                    b -> b.stateMachineArn(machine).statusFilter("RUNNING").maxResults(1000))
                .executions()
                .stream())
        .hasSize(10_000);

    time.advance(Duration.ofSeconds(60));

    assertThat(
            fixture
                .client()
                .listExecutionsPaginator(
                    b -> b.stateMachineArn(machine).statusFilter("SUCCEEDED").maxResults(1000))
                .executions()
                .stream())
        .hasSize(10_000);
  }
}
