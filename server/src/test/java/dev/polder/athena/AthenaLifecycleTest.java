package dev.polder.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.athena.engine.DuckDbEngine;
import dev.polder.athena.engine.EngineLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.Tag;

/// The life of a query: idempotence, states, stopping, ending of the process.
class AthenaLifecycleTest {
  /// Runs for minutes unless it is stopped.
  private static final String LONG =
      "SELECT count(*) FROM UNNEST(sequence(1, 9999)) a(x) CROSS JOIN UNNEST(sequence(1, 9999)) b(y) CROSS JOIN UNNEST(sequence(1, 9999)) c(z) WHERE (x * y + z) % 7 = 3";

  private static final String TOKEN = "a-token-of-at-least-thirty-two-characters";

  @TempDir Path directory;

  private static StartQueryExecutionRequest request(String sql) {
    return StartQueryExecutionRequest.builder()
        .queryString(sql)
        .clientRequestToken(TOKEN)
        .resultConfiguration(c -> c.outputLocation("s3://results/out"))
        .build();
  }

  @Test
  void aTokenStandsForOneQueryOverARestart() {
    String id;
    try (Warehouse w = Warehouse.in(directory)) {
      id = w.athena().startQueryExecution(request("SELECT 1")).queryExecutionId();
      assertThat(w.athena().startQueryExecution(request("SELECT 1")).queryExecutionId())
          .isEqualTo(id);
      w.await(id);
    }
    try (Warehouse w = Warehouse.in(directory)) {
      assertThat(w.athena().startQueryExecution(request("SELECT 1")).queryExecutionId())
          .isEqualTo(id);
      assertThatThrownBy(() -> w.athena().startQueryExecution(request("SELECT 2")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("Idempotent parameters do not match");
      assertThat(w.athena().listQueryExecutions(r -> {}).queryExecutionIds()).containsExactly(id);
    }
  }

  @Test
  void aStoppedQueryIsCancelledAndItsEngineEnds() {
    try (Warehouse w = Warehouse.in(directory)) {
      String id = w.start(LONG);
      w.awaitState(id, Set.of("RUNNING"));
      w.athena().stopQueryExecution(r -> r.queryExecutionId(id));
      var q = w.describe(id);
      assertThat(q.status().state()).isEqualTo(QueryExecutionState.CANCELLED);
      assertThat(q.status().stateChangeReason()).isEqualTo("Query cancelled by user");
      assertThat(q.status().completionDateTime()).isNotNull();
      // Room for one query at a time is free again once the engine has ended.
      assertThat(w.rows("SELECT 1")).containsExactly(List.of("1"));
      assertThat(w.rows("SELECT 2")).containsExactly(List.of("2"));
    }
  }

  @Test
  void aStoppedInsertLeavesNothing() throws Exception {
    try (Warehouse w = Warehouse.in(directory)) {
      w.run(
          "CREATE EXTERNAL TABLE t (a bigint) PARTITIONED BY (k bigint) STORED AS PARQUET LOCATION 's3://lake/t/'");
      String id =
          w.start(
              "INSERT INTO t SELECT x * y + z, x % 5 FROM UNNEST(sequence(1, 9999)) a(x) CROSS JOIN UNNEST(sequence(1, 9999)) b(y) CROSS JOIN UNNEST(sequence(1, 9999)) c(z)");
      w.awaitState(id, Set.of("RUNNING"));
      w.athena().stopQueryExecution(r -> r.queryExecutionId(id));
      assertThat(w.rows("SELECT count(*) FROM t")).containsExactly(List.of("0"));
    }
    // The service has closed, so whatever the query had staged is gone.
    try (Warehouse w = Warehouse.in(directory)) {
      assertThat(w.lines("SHOW PARTITIONS t")).isEmpty();
      assertThat(w.keys("t/")).isEmpty();
      Path stage = directory.resolve("s3").resolve(".stage");
      try (var left = Files.list(stage)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void queuedQueriesRunInOrderAfterTheOneBefore() {
    try (Warehouse w =
        Warehouse.in(
            directory, 1, new DuckDbEngine(directory.resolve("tmp"), new EngineLimits(256, 2)))) {
      String first = w.start(LONG);
      w.awaitState(first, Set.of("RUNNING"));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(w.start("SELECT " + i));
      }
      assertThat(ids).allMatch(id -> w.describe(id).status().stateAsString().equals("QUEUED"));
      String dropped = ids.get(2);
      w.athena().stopQueryExecution(r -> r.queryExecutionId(dropped));
      w.athena().stopQueryExecution(r -> r.queryExecutionId(first));
      ids.forEach(w::await);
      assertThat(ids.stream().map(id -> w.describe(id).status().stateAsString()).toList())
          .containsExactly("SUCCEEDED", "SUCCEEDED", "CANCELLED", "SUCCEEDED", "SUCCEEDED");
    }
  }

  @Test
  void whatRanWhenTheProcessEndedIsRunAgainUnderItsId() {
    String running;
    String queued;
    try (Warehouse w =
        Warehouse.in(
            directory, 1, new DuckDbEngine(directory.resolve("tmp"), new EngineLimits(256, 2)))) {
      running = w.start(LONG.replace("9999", "200"));
      w.awaitState(running, Set.of("RUNNING", "SUCCEEDED"));
      queued = w.start("SELECT 42");
    }
    try (Warehouse w = Warehouse.in(directory)) {
      w.await(running);
      w.await(queued);
      assertThat(w.describe(running).status().state()).isEqualTo(QueryExecutionState.SUCCEEDED);
      assertThat(w.allRows(queued).get(1)).containsExactly("42");
    }
  }

  @Test
  void anIntentThatWasWrittenIsPublishedAfterACrash() throws Exception {
    String id;
    try (Warehouse w = Warehouse.in(directory)) {
      w.run(
          "CREATE EXTERNAL TABLE t (a bigint) PARTITIONED BY (k bigint) STORED AS PARQUET LOCATION 's3://lake/t/'");
      w.run("INSERT INTO t SELECT x, x % 2 FROM UNNEST(sequence(1, 10)) s(x)");
      id = Crash.afterIntent(w, "INSERT INTO t SELECT x, x % 4 FROM UNNEST(sequence(1, 100)) s(x)");
    }
    try (Warehouse w = Warehouse.in(directory)) {
      w.await(id);
      assertThat(w.describe(id).status().state()).isEqualTo(QueryExecutionState.SUCCEEDED);
      assertThat(w.rows("SELECT count(*), count(DISTINCT k) FROM t"))
          .containsExactly(List.of("110", "4"));
      assertThat(w.object("results", "out/" + id + "-manifest.csv").lines()).hasSize(4);
    }
  }

  @Test
  void eventsTellOfEachTransition() throws Exception {
    try (Warehouse w = Warehouse.in(directory)) {
      var seen = new LinkedBlockingQueue<String>();
      var subscription =
          w.platform()
              .events()
              .subscribe(e -> {
                if (e.source().equals("aws.athena")) {
                  seen.add(
                      e.detail().get("previousState")
                          + ">"
                          + e.detail().get("currentState")
                          + " "
                          + e.detail().get("sequenceNumber"));
                }
              });
      w.failure("SELECT 1 / 0");
      List<String> three = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        three.add(String.valueOf(seen.poll(1, TimeUnit.MINUTES)));
      }
      assertThat(three).containsExactly("null>QUEUED 1", "QUEUED>RUNNING 2", "RUNNING>FAILED 3");
      subscription.close();
    }
  }

  @Test
  void resultsComeInPagesWhoseFirstHoldsTheHeader() {
    try (Warehouse w = Warehouse.in(directory)) {
      var q =
          w.run(
              "SELECT x, 'a \"quoted\", line' || chr(10) || 'break' AS t, NULLIF(x, 2) n, '' AS e FROM UNNEST(sequence(1, 2500)) s(x) ORDER BY x");
      String id = q.queryExecutionId();
      var page = w.athena().getQueryResults(r -> r.queryExecutionId(id).maxResults(1000));
      assertThat(page.resultSet().rows()).hasSize(1000);
      assertThat(page.resultSet().rows().get(0).data().get(0).varCharValue()).isEqualTo("x");
      String token = page.nextToken();
      var second = w.athena().getQueryResults(r -> r.queryExecutionId(id).nextToken(token));
      assertThat(second.resultSet().rows()).hasSize(1000);
      assertThat(second.resultSet().rows().get(0).data().get(0).varCharValue()).isEqualTo("1000");
      var all = w.allRows(id);
      assertThat(all).hasSize(2501);
      assertThat(all.get(2)).containsExactly("2", "a \"quoted\", line\nbreak", null, "");
      assertThat(all.get(2500).getFirst()).isEqualTo("2500");
    }
  }

  @Test
  void requestsThatCannotBeMetAreRefused() {
    try (Warehouse w = Warehouse.in(directory)) {
      assertThatThrownBy(() -> w.start("SELEC 1"))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("line 1:1: mismatched input 'SELEC'");
      assertThatThrownBy(() -> w.athena().startQueryExecution(r -> r.queryString("SELECT 1")))
          .hasMessageContaining("No output location provided");
      assertThatThrownBy(() -> w.athena().getQueryExecution(r -> r.queryExecutionId("nope")))
          .hasMessageContaining("QueryExecution nope was not found");
      assertThatThrownBy(() ->
              w.athena().startQueryExecution(r -> r.queryString("SELECT 1").workGroup("nope")))
          .hasMessageContaining("WorkGroup nope is not found");
      assertThat(
              w.athena()
                  .batchGetQueryExecution(r -> r.queryExecutionIds("x"))
                  .unprocessedQueryExecutionIds())
          .hasSize(1);
    }
  }

  @Test
  void aWorkGroupSetsLocationLimitAndCutoff() {
    try (Warehouse w = Warehouse.in(directory)) {
      w.athena()
          .createWorkGroup(r ->
              r.name("strict")
                  .tags(Tag.builder().key("polder:aws-limits").value("true").build())
                  .configuration(c ->
                      c.enforceWorkGroupConfiguration(true)
                          .resultConfiguration(o -> o.outputLocation("s3://results/strict/"))));
      w.run(
          "CREATE EXTERNAL TABLE many (a bigint) PARTITIONED BY (k bigint) STORED AS PARQUET LOCATION 's3://lake/many/'");
      String insert = "INSERT INTO many SELECT x, x FROM UNNEST(sequence(1, 101)) s(x)";
      String id =
          w.athena()
              .startQueryExecution(r ->
                  r.queryString(insert)
                      .workGroup("strict")
                      .queryExecutionContext(c -> c.database("db"))
                      .resultConfiguration(c -> c.outputLocation("s3://results/mine")))
              .queryExecutionId();
      var q = w.await(id);
      assertThat(q.status().stateChangeReason())
          .isEqualTo(
              "HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions/buckets.");
      assertThat(q.resultConfiguration().outputLocation()).startsWith("s3://results/strict/");
      assertThat(w.lines("SHOW PARTITIONS many")).isEmpty();
      w.run(insert);
      assertThat(w.lines("SHOW PARTITIONS many")).hasSize(101);
      assertThat(
              w.athena()
                  .getWorkGroup(r -> r.workGroup("strict"))
                  .workGroup()
                  .configuration()
                  .enforceWorkGroupConfiguration())
          .isTrue();
      assertThat(w.athena().listWorkGroups(r -> {}).workGroups())
          .extracting(g -> g.name())
          .containsExactly("primary", "strict");
    }
  }

  @Test
  void preparedStatementsAndParametersAreBound() {
    try (Warehouse w = Warehouse.in(directory)) {
      w.run("PREPARE twice FROM SELECT ? * 2, ?");
      assertThat(w.rows("EXECUTE twice USING 21, 'x'")).containsExactly(List.of("42", "x"));
      String id =
          w.athena()
              .startQueryExecution(r ->
                  r.queryString("SELECT ? + 1")
                      .executionParameters("41")
                      .resultConfiguration(c -> c.outputLocation("s3://results/p")))
              .queryExecutionId();
      w.await(id);
      assertThat(w.allRows(id).get(1)).containsExactly("42");
      assertThat(
              w.athena()
                  .getPreparedStatement(r -> r.workGroup("primary").statementName("twice"))
                  .preparedStatement()
                  .queryStatement())
          .isEqualTo("SELECT ? * 2, ?");
      w.run("DEALLOCATE PREPARE twice");
      assertThat(w.failure("EXECUTE twice USING 1, 2"))
          .contains("Prepared statement not found: twice");
    }
  }
}
