package dev.polder.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.Await;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The process ends after its first commit, after its second, and so on; the next process always
/// brings the execution to the same end, with the same history.
class KillTest {
  private static final String PIPELINE =
      """
      {"StartAt": "Begin", "States": {
        "Begin": {"Type": "Pass", "Result": {"items": [1, 2, 3]}, "Next": "Pause"},
        "Pause": {"Type": "Wait", "Seconds": 30, "Next": "Call"},
        "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:echo",
          "TimeoutSeconds": 500000, "ResultPath": "$.called", "Next": "Fails"},
        "Fails": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:bad",
          "Retry": [{"ErrorEquals": ["Boom"], "MaxAttempts": 2}],
          "Catch": [{"ErrorEquals": ["Boom"], "ResultPath": "$.error", "Next": "Both"}],
          "Next": "Both"},
        "Both": {"Type": "Parallel", "ResultPath": "$.both", "Next": "Each", "Branches": [
          {"StartAt": "Query", "States": {"Query": {"Type": "Task", "End": true,
            "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
            "Parameters": {"QueryString": "SELECT 1"}}}}]},
        "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 1, "ResultPath": "$.each",
          "ItemProcessor": {"StartAt": "One", "States": {
            "One": {"Type": "Wait", "Seconds": 5, "Next": "Two"},
            "Two": {"Type": "Task", "End": true,
              "Resource": "arn:aws:lambda:us-east-1:000000000000:function:echo"}}},
          "Next": "Child"},
        "Child": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
          "Parameters": {"StateMachineArn":
            "arn:aws:states:us-east-1:000000000000:stateMachine:child", "Input": {"n": 1}},
          "ResultSelector": {"n.$": "$.Output.n"}, "Next": "Spread"},
        "Spread": {"Type": "Pass", "Result": [1, 2, 3, 4], "Next": "Distributed"},
        "Distributed": {"Type": "Map", "MaxConcurrency": 2, "End": true,
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Deep", "States": {"Deep": {"Type": "Wait", "Seconds": 1, "End": true}}}}
      }}
      """;
  private static final String CHILD =
      """
      {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 10, "Next": "B"},
        "B": {"Type": "Pass", "End": true}}}
      """;

  private static final String SPREAD_ARN =
      "arn:aws:states:us-east-1:000000000000:execution:spread:run";
  private static final String SPREAD =
      """
      {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 2, "End": true,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
            "Resource": "arn:aws:states:us-east-1:000000000000:activity:work"}}}}}}
      """;

  @TempDir private Path directory;

  /// What of a history must be the same whatever happens to the process.
  private static List<String> essence(Fixture fixture, String arn) {
    List<String> lines = new ArrayList<>();
    for (HistoryEvent event : fixture.history(arn)) {
      lines.add(event.id() + " " + event.previousEventId() + " " + event.typeAsString());
    }
    return lines;
  }

  private static Fixture.Outside outside() {
    var outside = new Fixture.Outside();
    outside.functions.put(
        "bad",
        _ -> {
          throw new IllegalStateException("no");
        });
    return outside;
  }

  @Test
  void everyKillIsSurvived() {
    List<String> undisturbed = run(0, Integer.MAX_VALUE);
    assertThat(undisturbed.getLast()).endsWith("ExecutionSucceeded");
    int kills = 1;
    while (true) {
      var dying = new DyingStore(RocksStore.open(directory.resolve("run-" + kills)), kills);
      boolean died = false;
      var outside = outside();
      try (Time time = RunningTime.skipping(TestPlatform.BEGIN);
          Fixture first = new Fixture(dying, time, directory, outside).started()) {
        died = !begun(first) || !finished(first, dying);
      }
      List<String> essence;
      try (Time time = RunningTime.skipping(TestPlatform.BEGIN.plusSeconds(86_400));
          Fixture second = new Fixture(dying.inner(), time, directory, outside).started()) {
        machines(second);
        String arn = second.start(machine(), "run", "{}");
        var ended = second.end(arn);
        assertThat(ended.status())
            .as("killed after commit " + kills + ": " + ended.error() + " " + ended.cause())
            .isEqualTo(ExecutionStatus.SUCCEEDED);
        essence = essence(second, arn);
      } catch (ExecutionAlreadyExistsException e) {
        essence = again(dying.inner(), outside);
      }
      assertThat(essence).as("killed after commit " + kills).isEqualTo(undisturbed);
      assertThat(outside.queries).as("queries begun, killed after commit " + kills).hasSize(1);
      dying.inner().close();
      if (!died) {
        break;
      }
      kills++;
    }
    System.out.println("killed at " + (kills - 1) + " commits");
    assertThat(kills).isGreaterThan(30);
  }

  private List<String> again(Store store, Fixture.Outside outside) {
    try (Time time = RunningTime.skipping(TestPlatform.BEGIN.plusSeconds(2 * 86_400));
        Fixture third = new Fixture(store, time, directory, outside).started()) {
      return essence(third, "arn:aws:states:us-east-1:000000000000:execution:pipeline:run");
    }
  }

  /// Stopping an execution stops its map run and all children, whatever happens to the process.
  @Test
  void nothingRunsOnBelowAnExecutionThatWasStopped() {
    int kills = 1;
    for (boolean died = true; died; kills++) {
      var dying = new DyingStore(RocksStore.open(directory.resolve("stop-" + kills)), kills);
      try (Time time = RunningTime.skipping(TestPlatform.BEGIN);
          Fixture first = new Fixture(dying, time, directory, outside()).started()) {
        stopped(first);
      } catch (DyingStore.Dead e) {
        assertThat(dying.isDead()).isTrue();
      }
      died = dying.isDead();
      try (Time time = RunningTime.skipping(TestPlatform.BEGIN.plusSeconds(60));
          Fixture second = new Fixture(dying.inner(), time, directory, outside()).started()) {
        stopped(second);
        settled(second, kills);
      }
      dying.inner().close();
    }
    assertThat(kills).isGreaterThan(8);
  }

  @Test
  void aStopReachesAMapRunThatIsNotYetTakenUp() {
    try (var store = RocksStore.open(directory.resolve("early"));
        Time time = RunningTime.skipping(TestPlatform.BEGIN)) {
      try (Fixture first = new Fixture(store, time, directory, outside()).started()) {
        first.client().createActivity(b -> b.name("work"));
        first.start(first.machine("spread", SPREAD), "run", "[1,2,3,4]");
        Await.until(() -> running(first) == 2);
      }
      // Not started, and so as it is before it has looked at what was open.
      try (Fixture second = new Fixture(store, time, directory, outside())) {
        second.client().stopExecution(b -> b.executionArn(SPREAD_ARN));
        settled(second, 0);
      }
    }
  }

  private static void stopped(Fixture fixture) {
    fixture.client().createActivity(b -> b.name("work"));
    String machine = fixture.machine("spread", SPREAD);
    try {
      fixture.start(machine, "run", "[1,2,3,4]");
    } catch (ExecutionAlreadyExistsException e) {
      assertThat(fixture.describe(SPREAD_ARN).status()).isEqualTo(ExecutionStatus.ABORTED);
      return;
    }
    Await.until(() -> running(fixture) == 2);
    fixture.client().stopExecution(b -> b.executionArn(SPREAD_ARN));
    Await.until(() -> running(fixture) == 0);
  }

  private static int running(Fixture fixture) {
    int running = 0;
    for (var run : fixture.client().listMapRuns(b -> b.executionArn(SPREAD_ARN)).mapRuns()) {
      running +=
          fixture
              .client()
              .listExecutions(b -> b.mapRunArn(run.mapRunArn()).statusFilter("RUNNING"))
              .executions()
              .size();
    }
    return running;
  }

  private static void settled(Fixture fixture, int kills) {
    Await.until(() -> running(fixture) == 0);
    for (var each : fixture.client().listMapRuns(b -> b.executionArn(SPREAD_ARN)).mapRuns()) {
      String run = each.mapRunArn();
      Await.until(() ->
          "ABORTED"
              .equals(fixture.client().describeMapRun(b -> b.mapRunArn(run)).statusAsString()));
    }
    assertThat(fixture.describe(SPREAD_ARN).status())
        .as("killed after commit " + kills)
        .isEqualTo(ExecutionStatus.ABORTED);
  }

  private static String machine() {
    return "arn:aws:states:us-east-1:000000000000:stateMachine:pipeline";
  }

  private static void machines(Fixture fixture) {
    fixture.machine("child", CHILD);
    fixture.machine("pipeline", PIPELINE);
  }

  private static boolean begun(Fixture fixture) {
    try {
      machines(fixture);
      fixture.start(machine(), "run", "{}");
      return true;
    } catch (DyingStore.Dead e) {
      return false;
    }
  }

  /// Waits until the execution is over or the store is dead.
  private static boolean finished(Fixture fixture, DyingStore store) {
    String arn = "arn:aws:states:us-east-1:000000000000:execution:pipeline:run";
    while (!store.isDead()) {
      try {
        if (fixture.describe(arn).status() != ExecutionStatus.RUNNING) {
          return true;
        }
      } catch (DyingStore.Dead e) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return false;
  }

  private List<String> run(int number, int commits) {
    try (Store store = RocksStore.open(directory.resolve("run-" + number));
        Time time = RunningTime.skipping(TestPlatform.BEGIN);
        Fixture fixture =
            new Fixture(new DyingStore(store, commits), time, directory, outside()).started()) {
      machines(fixture);
      String arn = fixture.start(machine(), "run", "{}");
      assertThat(fixture.end(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      return essence(fixture, arn);
    }
  }
}
