package dev.polder.stepfunctions.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.Await;
import dev.polder.SharedCases;
import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import dev.polder.stepfunctions.StepFunctionsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/// Executions that run as test cases of a mock configuration.
class LocalMockingTest {
  private static final String ROLE = "arn:aws:iam::111111111111:role/r";
  private static final String LOOP =
      """
      {"StartAt": "Call", "States": {
        "Call": {"Type": "Task", "Resource": "arn:aws:states:::apigateway:invoke",
          "Parameters": {"ApiEndpoint": "x", "Method": "GET"},
          "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 3}],
          "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}],
          "Next": "Again"},
        "Again": {"Type": "Choice", "Default": "Call",
          "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "Done"}]},
        "Caught": {"Type": "Pass", "End": true},
        "Done": {"Type": "Succeed"}}}
      """;
  private static final String CONFIGURATION =
      """
      {"StateMachines": {"loop": {"TestCases": {
          "Passes": {"Call": "Three"}, "Fails": {"Call": "One"}, "Empty": {"Call": "Nothing"}}}},
       "MockedResponses": {
         "Three": {
           "0": {"Return": {"done": false}},
           "1-2": {"Throw": {"Error": "Busy", "Cause": "for now"}},
           "3": {"Return": {"done": true}}},
         "One": {"0": {"Throw": {"Error": "Broken", "Cause": "for good"}}},
         "Nothing": {}}}
      """;

  @TempDir private Path directory;

  private Rig rig(OneStore store, String configuration) throws IOException {
    Path file = directory.resolve("MockConfigFile.json");
    Files.writeString(file, configuration);
    return new Rig(
        store,
        directory,
        TestPlatform.BEGIN,
        new StepFunctionsOptions(Optional.of(file), Set.of(), Optional.empty()));
  }

  @Test
  void recordedCasesComeToTheSameEventsWhenMocked() throws Throwable {
    Path root = SharedCases.conformance("asl");
    try (var store = OneStore.in(directory.resolve("store"))) {
      for (String name : RecordedCase.files(root)) {
        RecordedCase recorded = RecordedCase.read(root, name);
        if (recorded.json().get("mock_config") != null) {
          assertThat(mocked(store, recorded)).as(name).isEqualTo(wanted(recorded));
        }
      }
    }
  }

  private static List<@Nullable Object> wanted(RecordedCase recorded) {
    Map<String, @Nullable Object> expect = recorded.object("expect");
    return expect.get("history") instanceof List<?> events
        ? events.stream().<@Nullable Object>map(e -> ((Map<?, ?>) e).get("type")).toList()
        : List.of(Objects.requireNonNull(expect.get("status")));
  }

  private List<@Nullable Object> mocked(OneStore store, RecordedCase recorded) throws Throwable {
    Map<?, ?> machines = (Map<?, ?>) recorded.object("mock_config").get("StateMachines");
    String machine = (String) Objects.requireNonNull(machines).keySet().iterator().next();
    Map<?, ?> cases = (Map<?, ?>) ((Map<?, ?>) machines.get(machine)).get("TestCases");
    String testCase = (String) cases.keySet().iterator().next();
    boolean express = "EXPRESS".equals(recorded.text("type"));
    try (Rig rig = rig(store, Json.write(recorded.object("mock_config")))) {
      String arn =
          rig.client()
              .createStateMachine(b ->
                  b.name(machine)
                      .roleArn(ROLE)
                      .definition(recorded.definition())
                      .type(express ? StateMachineType.EXPRESS : StateMachineType.STANDARD))
              .stateMachineArn();
      String input = (String) recorded.json().get("input_text");
      if (express) {
        return List.of(
            rig.client()
                .startSyncExecution(b -> b.stateMachineArn(arn + "#" + testCase).input(input))
                .statusAsString());
      }
      String execution =
          rig.client()
              .startExecution(b -> b.stateMachineArn(arn + "#" + testCase).input(input))
              .executionArn();
      ended(rig, execution);
      return rig.client().getExecutionHistory(b -> b.executionArn(execution)).events().stream()
          .<@Nullable Object>map(HistoryEvent::typeAsString)
          .toList();
    }
  }

  private static void ended(Rig rig, String execution) {
    Await.until(() ->
        rig.client().describeExecution(b -> b.executionArn(execution)).status()
            != ExecutionStatus.RUNNING);
  }

  private static String run(Rig rig, String testCase) {
    String machine = "arn:aws:states:us-east-1:111111111111:stateMachine:loop";
    rig.client().createStateMachine(b -> b.name("loop").roleArn(ROLE).definition(LOOP));
    String arn =
        rig.client()
            .startExecution(b -> b.stateMachineArn(machine + "#" + testCase).input("{}"))
            .executionArn();
    ended(rig, arn);
    var told = rig.client().describeExecution(b -> b.executionArn(arn));
    return told.statusAsString() + " " + told.output() + " " + told.error();
  }

  @Test
  void attemptsAreCountedOverLoopsAndRetries() throws IOException {
    try (var store = OneStore.in(directory.resolve("store"));
        Rig rig = rig(store, CONFIGURATION)) {
      assertThat(run(rig, "Passes")).isEqualTo("SUCCEEDED {\"done\":true} null");
      assertThat(run(rig, "Fails"))
          .isEqualTo("SUCCEEDED {\"Error\":\"Broken\",\"Cause\":\"for good\"} null");
      assertThat(run(rig, "Empty")).isEqualTo("FAILED null States.Runtime");
    }
  }

  @Test
  void aTestCaseThatIsNotThereIsRefused() throws IOException {
    try (var store = OneStore.in(directory.resolve("store"));
        Rig rig = rig(store, CONFIGURATION)) {
      assertThatThrownBy(() -> run(rig, "Other"))
          .isInstanceOf(SfnException.class)
          .hasMessageContaining("no test case Other");
    }
  }
}
