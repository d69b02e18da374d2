package dev.polder.athena;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries from their text to their results.
class AthenaQueriesTest {
  @TempDir Path directory;
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = Warehouse.in(directory);
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  @Test
  void selectAnswersTypedRowsWithAHeader() {
    var q =
        warehouse.run(
            "SELECT 1 AS a, 'x' b, CAST(NULL AS double) c, 1.50 d, TIMESTAMP '2020-05-01 10:00:00.000' e");
    var page = warehouse.athena().getQueryResults(r -> r.queryExecutionId(q.queryExecutionId()));
    assertThat(warehouse.allRows(q.queryExecutionId()).getFirst())
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(warehouse.allRows(q.queryExecutionId()).get(1))
        .containsExactly("1", "x", null, "1.50", "2020-05-01 10:00:00.000");
    assertThat(page.resultSet().resultSetMetadata().columnInfo())
        .extracting(c -> c.type())
        .containsExactly("integer", "varchar", "double", "decimal", "timestamp");
    assertThat(q.statementTypeAsString()).isEqualTo("DML");
    assertThat(q.substatementType()).isEqualTo("SELECT");
    assertThat(q.resultConfiguration().outputLocation())
        .isEqualTo("s3://results/out/" + q.queryExecutionId() + ".csv");
    assertThat(warehouse.object("results", "out/" + q.queryExecutionId() + ".csv"))
        .isEqualTo(
            "\"a\",\"b\",\"c\",\"d\",\"e\"\n\"1\",\"x\",,\"1.50\",\"2020-05-01 10:00:00.000\"\n");
  }

  @Test
  void jsonLinesTableIsReadPrunedAndAggregated() {
    for (int day = 1; day <= 3; day++) {
      warehouse.put(
          "feed/year=2020/month=5/day=" + day + "/a.json",
          "{\"id\":\"" + day + "\",\"speed\":" + day * 10 + "}\n{\"id\":\"7\",\"speed\":null}\n");
    }
    warehouse.run(
        "CREATE EXTERNAL TABLE feed (id int, speed double) PARTITIONED BY (year bigint, month bigint, day bigint) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/feed/'");
    assertThat(warehouse.lines("MSCK REPAIR TABLE feed")).hasSize(4);
    assertThat(warehouse.lines("SHOW PARTITIONS feed"))
        .containsExactly(
            "year=2020/month=5/day=1", "year=2020/month=5/day=2", "year=2020/month=5/day=3");
    assertThat(
            warehouse.rows(
                "SELECT day, count(*), sum(id), avg(speed) FROM feed WHERE year = 2020 GROUP BY day ORDER BY day DESC"))
        .containsExactly(
            List.of("3", "2", "10", "30.0"),
            List.of("2", "2", "9", "20.0"),
            List.of("1", "2", "8", "10.0"));
    var one = warehouse.run("SELECT * FROM db.feed f WHERE f.day = 1 + 1");
    assertThat(one.statistics().dataScannedInBytes())
        .isEqualTo("{\"id\":\"2\",\"speed\":20}\n{\"id\":\"7\",\"speed\":null}\n".length());
  }

  @Test
  void insertWritesPartitionedParquetAndRegistersItsPartitions() {
    warehouse.run(
        "CREATE EXTERNAL TABLE t (a int, b string) PARTITIONED BY (k bigint) STORED AS PARQUET LOCATION 's3://lake/t/'");
    var q =
        warehouse.run(
            "INSERT INTO t SELECT CAST(x AS integer), 'v' || CAST(x AS varchar), x % 3 FROM UNNEST(sequence(1, 9)) AS s(x)");
    assertThat(q.substatementType()).isEqualTo("INSERT");
    assertThat(warehouse.lines("SHOW PARTITIONS t")).containsExactly("k=0", "k=1", "k=2");
    assertThat(warehouse.rows("SELECT k, count(*), min(a), max(b) FROM t GROUP BY k ORDER BY 1"))
        .containsExactly(
            List.of("0", "3", "3", "v9"),
            List.of("1", "3", "1", "v7"),
            List.of("2", "3", "2", "v8"));
    String manifest = warehouse.object("results", "out/" + q.queryExecutionId() + "-manifest.csv");
    assertThat(manifest.lines()).hasSize(3).allMatch(l -> l.startsWith("s3://lake/t/k="));
    assertThat(
            warehouse
                .athena()
                .getQueryResults(r -> r.queryExecutionId(q.queryExecutionId()))
                .updateCount())
        .isEqualTo(9);
  }

  @Test
  void createTableAsSelectMakesATable() {
    var q =
        warehouse.run(
            "CREATE TABLE made WITH (format='PARQUET', partitioned_by=ARRAY['p'], external_location='s3://lake/made/') AS SELECT * FROM (VALUES (1, DATE '2020-01-01', 'x'), (2, NULL, NULL)) AS v(a, b, p)");
    assertThat(q.statementTypeAsString()).isEqualTo("DDL");
    assertThat(warehouse.rows("SELECT a, b, p FROM made ORDER BY a"))
        .hasSize(2)
        .first()
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly("1", "2020-01-01", "x");
    assertThat(warehouse.rows("SELECT p FROM made WHERE p IS NULL")).hasSize(1);
    assertThat(warehouse.keys("made/"))
        .anyMatch(k -> k.startsWith("made/p=__HIVE_DEFAULT_PARTITION__/"));
  }

  @Test
  void wrongStatementsFailInAthenasWords() {
    assertThat(warehouse.failure("SELECT nope FROM (VALUES 1) AS t(a)"))
        .isEqualTo(
            "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved or requester is not authorized to access requested resources");
    assertThat(warehouse.failure("SELECT * FROM missing"))
        .isEqualTo("TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.db.missing' does not exist");
    assertThat(warehouse.failure("SELECT frobnicate(1)"))
        .isEqualTo("FUNCTION_NOT_FOUND: line 1:8: Function 'frobnicate' not registered");
    assertThat(warehouse.failure("SELECT 1 / (a - a) FROM (VALUES 1) t(a)"))
        .isEqualTo("DIVISION_BY_ZERO: Division by zero");
    assertThat(warehouse.failure("DESCRIBE TABLE x")).contains("FAILED: ");
  }
}
