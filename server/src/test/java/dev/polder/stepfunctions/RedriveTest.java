package dev.polder.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What a redrive runs once more, and what it leaves alone.
class RedriveTest {
  @TempDir private Path directory;
  private final Fixture.Outside outside = new Fixture.Outside();
  private final List<String> called = new CopyOnWriteArrayList<>();
  private volatile boolean broken = true;
  private Store store;
  private Time time;
  private Fixture fixture;

  @BeforeEach
  void open() {
    store = RocksStore.open(directory.resolve("store"));
    time = RunningTime.skipping(TestPlatform.BEGIN);
    outside.functions.put(
        "f",
        input -> {
          called.add(input);
          if (broken && input.contains("2")) {
            throw new IllegalStateException("no");
          }
          return input;
        });
    fixture = new Fixture(store, time, directory, outside).started();
  }

  @AfterEach
  void close() {
    fixture.close();
    time.close();
    store.close();
  }

  private static String task(String name) {
    return "\""
        + name
        + "\":{\"Type\":\"Task\",\"Resource\":\""
        + Fixture.FUNCTION
        + "f\",\"End\":true}";
  }

  private String failed(String state) {
    String machine = fixture.machine("m", "{\"StartAt\":\"A\",\"States\":{\"A\":" + state + "}}");
    String arn = fixture.start(machine, "one", "[1,2,3]");
    assertThat(fixture.end(arn).status()).isEqualTo(ExecutionStatus.FAILED);
    called.clear();
    broken = false;
    return arn;
  }

  private String redriven(String arn) {
    fixture.client().redriveExecution(b -> b.executionArn(arn));
    var end = fixture.end(arn);
    assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    return end.output();
  }

  @Test
  void onlyTheBranchThatFailedRunsAgain() {
    String arn =
        failed(
            "{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                + "{\"StartAt\":\"One\",\"States\":{\"One\":{\"Type\":\"Pass\",\"Result\":1,"
                + "\"Next\":\"B\"},"
                + task("B")
                + "}},{\"StartAt\":\"Late\",\"States\":{\"Late\":{\"Type\":\"Wait\",\"Seconds\":9,"
                + "\"Next\":\"Two\"},\"Two\":{\"Type\":\"Pass\",\"Result\":2,\"Next\":\"C\"},"
                + task("C")
                + "}}]}");

    assertThat(redriven(arn)).isEqualTo("[1,2]");
    assertThat(called).containsExactly("2");
  }

  @Test
  void aBranchThatFailsOnceMoreAtOnceFailsTheWholeAgain() {
    String arn =
        failed(
            "{\"Type\":\"Parallel\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"Boom\"],"
                + "\"MaxAttempts\":1}],\"Branches\":[{\"StartAt\":\"One\",\"States\":{"
                + "\"One\":{\"Type\":\"Fail\",\"Error\":\"Boom\"}}},{\"StartAt\":\"Two\","
                + "\"States\":{\"Two\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}}}]}");

    fixture.client().redriveExecution(b -> b.executionArn(arn));

    var end = fixture.end(arn);
    assertThat(end.error()).as(end.cause()).isEqualTo("Boom");
    assertThat(end.redriveCount()).isEqualTo(1);
  }

  @Test
  void onlyIterationsThatDidNotSucceedRunAgain() {
    String arn =
        failed(
            "{\"Type\":\"Map\",\"MaxConcurrency\":1,\"End\":true,\"ItemProcessor\":{"
                + "\"StartAt\":\"B\",\"States\":{"
                + task("B")
                + "}}}");

    assertThat(redriven(arn)).isEqualTo("[1,2,3]");
    assertThat(called).containsExactly("2", "3");
  }

  @Test
  void onlyChildrenOfAMapRunThatDidNotSucceedRunAgain() {
    for (String type : List.of("STANDARD", "EXPRESS")) {
      broken = true;
      String machine =
          fixture.machine(
              type,
              "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Map\",\"MaxConcurrency\":1,"
                  + "\"End\":true,\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\","
                  + "\"ExecutionType\":\""
                  + type
                  + "\"},\"StartAt\":\"B\",\"States\":{"
                  + task("B")
                  + "}}}}}");
      String arn = fixture.start(machine, "one", "[1,2,3]");
      assertThat(fixture.end(arn).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
      called.clear();
      broken = false;

      assertThat(redriven(arn)).isEqualTo("[1,2,3]");
      assertThat(called).containsExactly("2", "3");
      assertThat(fixture.types(arn)).contains("MapRunRedriven");
      String run =
          fixture.client().listMapRuns(b -> b.executionArn(arn)).mapRuns().getFirst().mapRunArn();
      var told = fixture.client().describeMapRun(b -> b.mapRunArn(run));
      assertThat(told.redriveCount()).isEqualTo(1);
      assertThat(told.itemCounts().succeeded()).isEqualTo(3);
    }
  }

  @Test
  void aCatcherThatFailsItselfEndsTheExecution() {
    String machine =
        fixture.machine(
            "m",
            "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\","
                + "\"Resource\":\""
                + Fixture.FUNCTION
                + "f\",\"Arguments\":2,\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],"
                + "\"Output\":\"{% $nothing %}\",\"Next\":\"B\"}],\"End\":true},"
                + "\"B\":{\"Type\":\"Succeed\"}}}");
    String arn = fixture.start(machine, "one", "{}");

    assertThat(fixture.end(arn).error()).isEqualTo("States.QueryEvaluationError");
  }
}
