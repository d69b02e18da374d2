package dev.polder.examples.traffic.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

class ArticleFunctionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "WORK_GROUP", "queries",
          "DATABASE", "traffic",
          "MAX_CONCURRENT_QUERIES", "3",
          "MAX_PARTITIONS_PER_QUERY", "24",
          "LATENESS_HOURS", "48");
  private static final Instant NOON = Instant.parse("2020-05-04T12:00:00Z");

  private final FakeAthena athena = new FakeAthena();
  private final RunETLInsertAthena run =
      new RunETLInsertAthena(athena, new Settings(ENVIRONMENT::get));
  private final GetAthenaState state = new GetAthenaState(athena);

  @Test
  void queriesAreStartedInWavesOfTheLimit() {
    Map<String, Object> first = run.handleRequest(input(0), null);
    Map<String, Object> second = run.handleRequest(input(3), null);

    assertThat(first)
        .containsEntry("Response", "SUCCEEDED")
        .containsEntry("next", 3)
        .containsEntry("Remaining", 2);
    assertThat(second).containsEntry("next", 5).containsEntry("Remaining", 0);
    assertThat(athena.started).hasSize(5);
    assertThat(athena.started.values())
        .allSatisfy(request -> {
          assertThat(request.workGroup()).isEqualTo("queries");
          assertThat(request.queryExecutionContext().database()).isEqualTo("traffic");
        });
  }

  @Test
  void repeatedCallFindsTheQueriesOfTheFirst() {
    Object first = run.handleRequest(input(0), null).get("Queries");
    Object again = run.handleRequest(input(0), null).get("Queries");

    assertThat(again).isEqualTo(first);
    assertThat(athena.started).hasSize(3);
    assertThat(athena.started.values())
        .extracting(StartQueryExecutionRequest::clientRequestToken)
        .allSatisfy(token -> assertThat(token).hasSizeBetween(32, 128))
        .doesNotHaveDuplicates();
  }

  @Test
  void queryThatCannotBeStartedFailsWithItsCauseAndStopsTheOthers() {
    athena.takeAtMost(2);

    Map<String, Object> answer = run.handleRequest(input(0), null);

    assertThat(answer)
        .containsEntry("Response", "FAILED")
        .containsEntry("Error", "TooManyRequestsException");
    assertThat((String) answer.get("Cause")).contains("exceeded the limit");
    assertThat(athena.stopped).containsExactly("query-0", "query-1");
  }

  @Test
  void oneRunningQueryKeepsAllRunning() {
    athena.stands("a", QueryExecutionState.SUCCEEDED, null, NOON);
    athena.stands("b", QueryExecutionState.QUEUED, null, NOON);

    assertThat(ask("a", "b")).containsEntry("AthenaState", "RUNNING");
    athena.stands("b", QueryExecutionState.SUCCEEDED, null, NOON);
    assertThat(ask("a", "b")).containsEntry("AthenaState", "SUCCEEDED");
  }

  @Test
  void failedQueryIsToldWhileOthersRunAndStopsThem() {
    athena.stands("a", QueryExecutionState.RUNNING, null, NOON);
    athena.stands("b", QueryExecutionState.FAILED, "HIVE_CURSOR_ERROR: cut short", NOON);

    Map<String, Object> answer = ask("a", "b");

    assertThat(answer).containsEntry("AthenaState", "FAILED");
    assertThat((String) answer.get("AthenaMessage"))
        .contains("b")
        .contains("HIVE_CURSOR_ERROR: cut short");
    assertThat(athena.stopped).containsExactly("a");
  }

  @Test
  void cancelledQueryIsNoReasonToWait() {
    athena.stands("a", QueryExecutionState.CANCELLED, null, NOON);

    assertThat(ask("a")).containsEntry("AthenaState", "CANCELLED");
  }

  @Test
  void moreThanFiftyQueriesAreAskedForInBatches() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      athena.stands("q" + i, QueryExecutionState.SUCCEEDED, null, NOON);
      ids.add("q" + i);
    }

    assertThat(ask(ids.toArray(String[]::new))).containsEntry("AthenaState", "SUCCEEDED");
    assertThat(athena.batches()).isEqualTo(3);
  }

  @Test
  void queryThatAthenaDoesNotKnowIsAnError() {
    assertThatThrownBy(() -> ask("lost"))
        .hasMessageContaining("lost")
        .hasMessageContaining("unknown");
  }

  private Map<String, Object> ask(String... ids) {
    List<Map<String, Object>> queries = new ArrayList<>();
    for (String id : ids) {
      queries.add(Map.of("QueryExecutionId", id));
    }
    return state.handleRequest(Map.of("Queries", queries), null);
  }

  private static Map<String, Object> input(int next) {
    return Map.of(
        "start", "2020-02-27T00:00:00Z",
        "end", "2020-03-03T00:00:00Z",
        "next", next,
        "executionId", "arn:aws:states:us-east-1:000000000000:execution:traffic-article:one",
        "enteredTime", "2020-03-03T02:00:31Z");
  }
}
