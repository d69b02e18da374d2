package dev.polder.examples.traffic.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class FollowerTest {
  private static final Instant START = Instant.parse("2024-03-02T02:00:00Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, false);
  private final Execution execution = new Execution();

  @Test
  void statesAreShownAsTheyAreEnteredAndLeft() throws Exception {
    execution.entered(1, 0, 0, "CrawlLanding", "{}");
    execution.polled();
    execution.exited(2, 1, 2500, "CrawlLanding");
    execution.entered(3, 2, 2500, "PlanRanges", "{}");
    execution.exited(4, 3, 2600, "PlanRanges");
    execution.ends("SUCCEEDED", null, null);

    assertThat(follow()).isEqualTo(2);
    assertThat(lines())
        .containsExactly(
            "  enter CrawlLanding",
            "  leave CrawlLanding                        2.5 s",
            "  enter PlanRanges",
            "  leave PlanRanges                          0.1 s");
  }

  @Test
  void statesOfOneNameThatRunSideBySideAreToldApart() throws Exception {
    execution.iteration(1, 0);
    execution.iteration(2, 0);
    execution.entered(3, 1, 0, "InsertRange", "{\"range\": {\"start\": \"2024-02-28T00:00:00Z\"}}");
    execution.entered(4, 2, 0, "InsertRange", "{\"range\": {\"start\": \"2024-02-29T12:00:00Z\"}}");
    execution.exited(5, 4, 1000, "InsertRange");
    execution.exited(6, 3, 3000, "InsertRange");
    execution.ends("SUCCEEDED", null, null);

    follow();
    assertThat(lines())
        .containsExactly(
            "    enter InsertRange 2024-02-28 00:00",
            "    enter InsertRange 2024-02-29 12:00",
            "    leave InsertRange 2024-02-29 12:00      1.0 s",
            "    leave InsertRange 2024-02-28 00:00      3.0 s");
  }

  @Test
  void stateAfterAMapIsNotInIt() throws Exception {
    execution.iteration(1, 0);
    execution.entered(2, 1, 0, "InsertRange", "{}");
    execution.exited(3, 2, 100, "InsertRange");
    execution.leftMap(4, 3);
    execution.entered(5, 4, 100, "CrawlMinutes", "{}");
    execution.exited(6, 5, 200, "CrawlMinutes");
    execution.ends("SUCCEEDED", null, null);

    follow();
    assertThat(lines()).contains("    enter InsertRange", "  enter CrawlMinutes");
  }

  @Test
  void historyLongerThanAPageIsShownWhole() throws Exception {
    for (int i = 0; i < 25; i++) {
      execution.entered(2 * i + 1, 2 * i, i, "State" + i, "{}");
      execution.exited(2 * i + 2, 2 * i + 1, i, "State" + i);
    }
    execution.ends("SUCCEEDED", null, null);

    assertThat(follow()).isEqualTo(25);
    assertThat(lines()).hasSize(50).last().asString().contains("State24");
  }

  @Test
  void failedExecutionEndsTheDemoWithErrorAndCause() {
    execution.entered(1, 0, 0, "InsertRange", "{}");
    execution.ends(
        "FAILED",
        "States.TaskFailed",
        "{\"Status\": {\"StateChangeReason\": \"HIVE_BAD_DATA: \\\"f\\\" cut short\"}}");

    assertThatThrownBy(this::follow)
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("States.TaskFailed")
        .hasMessageEndingWith("HIVE_BAD_DATA: \"f\" cut short");
  }

  private int follow() throws DemoException, InterruptedException {
    return new Follower(execution, terminal, List::of).follow("arn");
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// An execution that is as far as the test says: each poll sees what was there before the next
  /// mark.
  private static final class Execution implements SfnClient {
    private final List<HistoryEvent> events = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private String status = "RUNNING";
    private @Nullable String error;
    private @Nullable String cause;
    private int polls;

    void entered(long id, long previous, long millis, String name, String input) {
      add(
          id,
          previous,
          millis,
          "TaskStateEntered",
          event -> event.stateEnteredEventDetails(e -> e.name(name).input(input)));
    }

    void exited(long id, long previous, long millis, String name) {
      add(
          id,
          previous,
          millis,
          "TaskStateExited",
          event -> event.stateExitedEventDetails(e -> e.name(name)));
    }

    void iteration(long id, long previous) {
      add(
          id,
          previous,
          0,
          "MapIterationStarted",
          event -> event.mapIterationStartedEventDetails(e -> e.name("Map")));
    }

    void leftMap(long id, long previous) {
      add(
          id,
          previous,
          100,
          "MapStateExited",
          event -> event.stateExitedEventDetails(e -> e.name("FillRanges")));
    }

    /// A poll ends here.
    void polled() {
      marks.add(events.size());
    }

    void ends(String as, @Nullable String withError, @Nullable String withCause) {
      status = as;
      error = withError;
      cause = withCause;
      marks.add(events.size());
    }

    private void add(
        long id, long previous, long millis, String type, Consumer<HistoryEvent.Builder> details) {
      HistoryEvent.Builder event =
          HistoryEvent.builder()
              .id(id)
              .previousEventId(previous)
              .type(type)
              .timestamp(START.plusMillis(millis));
      details.accept(event);
      events.add(event.build());
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
      boolean over = ++polls >= marks.size();
      return DescribeExecutionResponse.builder()
          .status(over ? status : "RUNNING")
          .error(over ? error : null)
          .cause(over ? cause : null)
          .build();
    }

    /// Pages of ten, newest first.
    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
      List<HistoryEvent> there =
          events.subList(0, marks.get(Math.min(polls, marks.size()) - 1)).reversed();
      int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
      int to = Math.min(there.size(), from + 10);
      return GetExecutionHistoryResponse.builder()
          .events(there.subList(from, to))
          .nextToken(to < there.size() ? String.valueOf(to) : null)
          .build();
    }

    @Override
    public String serviceName() {
      return "states";
    }

    @Override
    public void close() {}
  }
}
