package dev.polder.examples.traffic.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;

class RemoveReplacedTest {
  private static final Instant SUBMITTED = Instant.parse("2020-05-06T02:00:10Z");
  private static final String BEFORE = "2020-05-05T02:00:12Z";
  private static final String DURING = "2020-05-06T02:00:12Z";

  private final FakeAthena athena = new FakeAthena();
  private final FakeLake lake = new FakeLake();
  private final RemoveReplaced function =
      new RemoveReplaced(
          athena,
          lake.glue(),
          lake.s3(),
          new Settings(Map.of("DATABASE", "traffic", "TABLE", "minutes")::get));

  @BeforeEach
  void insertOfTwoHours() {
    lake.put("2020-2-29-22", "outside", BEFORE);
    lake.put("2020-2-29-23", "old-1", BEFORE);
    lake.put("2020-2-29-23", "old-2", BEFORE);
    lake.put("2020-2-29-23", "new-1", DURING);
    lake.put("2020-3-1-0", "old-3", BEFORE);
    lake.put("2020-3-1-0", "new-2", DURING);
    lake.put("2020-3-1-1", "outside-too", BEFORE);
    athena.stands("q", QueryExecutionState.SUCCEEDED, null, SUBMITTED);
    lake.manifests.put(
        "results/q-manifest.csv",
        """
        s3://lake/minutes/year=2020/month=2/day=29/hour=23/new-1
        s3://lake/minutes/year=2020/month=3/day=1/hour=0/new-2
        """);
  }

  @Test
  void whatTheInsertReplacedGoesAndNothingElse() {
    Map<String, Object> answer = function.handleRequest(range("q"), null);

    assertThat(lake.names()).containsExactlyInAnyOrder("outside", "new-1", "new-2", "outside-too");
    assertThat(answer).containsEntry("RemovedObjects", 3).containsEntry("RemovedPartitions", 0);
  }

  @Test
  void secondTimeThereIsNothingLeftToDo() {
    function.handleRequest(range("q"), null);

    assertThat(function.handleRequest(range("q"), null)).containsEntry("RemovedObjects", 0);
    assertThat(lake.names()).hasSize(4);
  }

  @Test
  void newFilesStayThoughTheirClockIsBehind() {
    lake.put("2020-3-1-0", "new-2", BEFORE);

    function.handleRequest(range("q"), null);

    assertThat(lake.names()).contains("new-2");
  }

  @Test
  void filesOfAQuerySubmittedLaterStay() {
    lake.put("2020-3-1-0", "someone-elses", "2020-05-06T02:00:11Z");

    function.handleRequest(range("q"), null);

    assertThat(lake.names()).contains("someone-elses");
  }

  @Test
  void hourThatHoldsNothingAnyMoreLeavesTheCatalogue() {
    lake.objects.remove("minutes/year=2020/month=2/day=29/hour=23/new-1");

    assertThat(function.handleRequest(range("q"), null)).containsEntry("RemovedPartitions", 1);
    assertThat(lake.partitions)
        .containsExactly(
            List.of("2020", "2", "29", "22"),
            List.of("2020", "3", "1", "0"),
            List.of("2020", "3", "1", "1"));
  }

  @Test
  void queryThatWroteNothingEmptiesItsRange() {
    athena.stands(
        "empty", QueryExecutionState.SUCCEEDED, null, Instant.parse("2020-05-07T02:00:10Z"));

    function.handleRequest(range("empty"), null);

    assertThat(lake.names()).containsExactly("outside", "outside-too");
  }

  @Test
  void failedQueryLeavesTheOldRows() {
    athena.stands("q", QueryExecutionState.FAILED, "no", SUBMITTED);

    assertThatThrownBy(() -> function.handleRequest(range("q"), null))
        .hasMessageContaining("FAILED");
    assertThat(lake.objects).hasSize(7);
  }

  @Test
  void severalQueriesAreEndedInOneCall() {
    Map<String, Object> answer =
        function.handleRequest(
            Map.of("Queries", List.of(range("q")), "Remaining", 4, "next", 1), null);

    assertThat(answer)
        .containsEntry("RemovedObjects", 3)
        .containsEntry("Remaining", 4)
        .containsEntry("next", 1)
        .doesNotContainKey("Queries");
  }

  private static Map<String, Object> range(String id) {
    return Map.of(
        "QueryExecutionId", id, "start", "2020-02-29T23:00:00Z", "end", "2020-03-01T01:00:00Z");
  }
}
