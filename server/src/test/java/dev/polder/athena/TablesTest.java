package dev.polder.athena;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables of every format that is read and written, and the definitions that make them.
class TablesTest {
  @TempDir Path directory;
  private Warehouse w;

  @BeforeEach
  void open() {
    w = Warehouse.in(directory);
  }

  @AfterEach
  void close() {
    w.close();
  }

  private static byte[] gzip(String text) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void delimitedTextIsReadAsLazySimpleSerDeReadsIt() throws Exception {
    w.put("csv/a.csv", "id,name\n1,\"x,2.5\n2,\\N,zz\n3\n");
    w.put("csv/_hidden", "junk");
    w.put("csv/.also", "junk");
    w.put("csv/b.csv.gz", gzip("id,name\n4,y,1,more\n"));
    w.run(
        "CREATE EXTERNAL TABLE c (id int, name string, v double) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://lake/csv/' TBLPROPERTIES ('skip.header.line.count'='1')");
    assertThat(w.rows("SELECT * FROM c ORDER BY id"))
        .containsExactly(
            Arrays.asList("1", "\"x", "2.5"),
            Arrays.asList("2", null, null),
            Arrays.asList("3", null, null),
            Arrays.asList("4", "y", "1.0"));
  }

  @Test
  void quotedTextIsReadAsOpenCsvReadsIt() {
    w.put("q/a.csv", "1;\"a;\"\"b\"\"\"\n2;\n");
    w.run(
        "CREATE EXTERNAL TABLE q (id int, t string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar'=';', 'quoteChar'='\"', 'escapeChar'='\"') LOCATION 's3://lake/q/'");
    assertThat(w.rows("SELECT id, t FROM q ORDER BY id"))
        .containsExactly(List.of("1", "a;\"b\""), List.of("2", ""));
  }

  @Test
  void jsonMembersAreFoundWithoutRegardToCaseAndNested() {
    w.put(
        "j/a.json",
        "{\"Id\":\"5\",\"tags\":[\"a\",\"b\"],\"o\":{\"x\":1}}\n{\"id\":6,\"tags\":null}\n");
    w.run(
        "CREATE EXTERNAL TABLE j (id int, tags array<string>, o struct<x:int>, gone string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/j/'");
    assertThat(w.rows("SELECT id, tags, o.x, gone FROM j ORDER BY id"))
        .containsExactly(
            Arrays.asList("5", "[a, b]", "1", null), Arrays.asList("6", null, null, null));
    w.put("j/b.json", "{\"id\": oops}\n");
    assertThat(w.failure("SELECT * FROM j"))
        .startsWith("HIVE_CURSOR_ERROR: Row is not a valid JSON Object")
        .contains("s3://lake/j/b.json")
        .doesNotContain(directory.toString());
  }

  @Test
  void parquetColumnsAreMatchedByNameAndCheckedByType() {
    w.run("CREATE TABLE a WITH (external_location='s3://lake/p/1/') AS SELECT 1 AS id, 'x' AS t");
    w.run(
        "CREATE TABLE b WITH (external_location='s3://lake/p/2/') AS SELECT 2 AS id, DATE '2020-01-01' AS d");
    w.run(
        "CREATE EXTERNAL TABLE p (d date, t string, id bigint) STORED AS PARQUET LOCATION 's3://lake/p/'");
    assertThat(w.rows("SELECT * FROM p ORDER BY id"))
        .containsExactly(Arrays.asList(null, "x", "1"), Arrays.asList("2020-01-01", null, "2"));
    w.run("CREATE EXTERNAL TABLE wrong (id string) STORED AS PARQUET LOCATION 's3://lake/p/'");
    assertThat(w.failure("SELECT id FROM wrong"))
        .startsWith("HIVE_BAD_DATA: Field id's type INTEGER in parquet file s3://lake/p/");
    w.put("p/3/cut.parquet", "PAR1 this is no parquet");
    assertThat(w.failure("SELECT id FROM p"))
        .startsWith("HIVE_CANNOT_OPEN_SPLIT")
        .contains("s3://lake/p/3/cut.parquet")
        .doesNotContain(directory.toString());
  }

  @Test
  void partitionsComeFromTheCatalogueAndNotFromPaths() {
    w.put("by/2020/05/a.json", "{\"v\":1}\n");
    w.put("elsewhere/b.json", "{\"v\":2}\n");
    w.put("by/junk/c.json", "{\"v\":3}\n");
    w.run(
        "CREATE EXTERNAL TABLE by_place (v int) PARTITIONED BY (y string, m int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/by/'");
    w.run(
        "ALTER TABLE by_place ADD IF NOT EXISTS PARTITION (y='2020', m=5) LOCATION 's3://lake/by/2020/05/' PARTITION (y='2021', m='06') LOCATION 's3://lake/elsewhere/'");
    assertThat(w.rows("SELECT y, m, v FROM by_place ORDER BY v"))
        .containsExactly(List.of("2020", "5", "1"), List.of("2021", "6", "2"));
    var pruned =
        w.run(
            "WITH x AS (SELECT v, y, m + 1 AS n, m FROM by_place) SELECT v FROM x WHERE substr(y, 3) = '21' AND m BETWEEN 6 AND 7");
    assertThat(pruned.statistics().dataScannedInBytes()).isEqualTo(8);
    var outer =
        w.run(
            "SELECT a.v, b.v FROM by_place a LEFT JOIN by_place b ON a.y = b.y AND b.m = 5 WHERE b.m IS NULL");
    assertThat(w.allRows(outer.queryExecutionId()).subList(1, 2))
        .containsExactly(Arrays.asList("2", null));
    w.run("ALTER TABLE by_place DROP PARTITION (y='2021', m=6)");
    assertThat(w.lines("SHOW PARTITIONS by_place")).containsExactly("y=2020/m=5");
    assertThat(w.failure("ALTER TABLE by_place ADD PARTITION (y='2020', m=5)"))
        .contains("Partition already exists");
    assertThat(w.failure("ALTER TABLE by_place ADD PARTITION (nope='1')"))
        .contains("SemanticException");
  }

  @Test
  void insertGoesToTheLocationThatAPartitionHas() {
    w.run(
        "CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (k string) STORED AS PARQUET LOCATION 's3://lake/t/'");
    w.run("ALTER TABLE t ADD PARTITION (k='here') LOCATION 's3://lake/other/place'");
    w.run("INSERT INTO t (k, a) VALUES ('here', 1), ('a b/c=d', 2), (NULL, 3)");
    assertThat(w.keys("other/place/")).hasSize(1);
    assertThat(w.lines("SHOW PARTITIONS t"))
        .containsExactly("k=__HIVE_DEFAULT_PARTITION__", "k=a b%2Fc%3Dd", "k=here");
    assertThat(w.rows("SELECT k, a FROM t ORDER BY a"))
        .containsExactly(
            Arrays.asList("here", "1"), Arrays.asList("a b/c=d", "2"), Arrays.asList(null, "3"));
    assertThat(w.failure("INSERT INTO t VALUES ('x', 'y')"))
        .contains(
            "TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [integer, varchar], Query: [varchar(1), varchar(1)]");
    assertThat(w.failure("INSERT INTO t SELECT a, k, k FROM t"))
        .contains("mismatched column types");
    assertThat(w.failure("DELETE FROM t"))
        .contains("NOT_SUPPORTED")
        .contains("Modifying Hive table rows is not supported");
  }

  @Test
  void readersSeeAllOfAnInsertOrNothing() throws Exception {
    w.run(
        "CREATE EXTERNAL TABLE t (a bigint) PARTITIONED BY (k bigint) STORED AS PARQUET LOCATION 's3://lake/t/'");
    int inserts = 6;
    int partitions = 40;
    var written = new AtomicBoolean();
    var seen = new TreeSet<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> reader =
          threads.submit(() -> {
            boolean last;
            do {
              last = written.get();
              seen.add(Long.parseLong(w.rows("SELECT count(*) FROM t").getFirst().getFirst()));
            } while (!last);
          });
      for (int i = 0; i < inserts; i++) {
        w.run("INSERT INTO t SELECT k, k FROM UNNEST(sequence(1, " + partitions + ")) AS u(k)");
      }
      written.set(true);
      reader.get();
    }
    assertThat(seen).allMatch(rows -> rows % partitions == 0).contains((long) inserts * partitions);
  }

  @Test
  void viewsAreKeptAsTrinoKeepsThem() {
    w.run("CREATE VIEW v AS SELECT x, x * 2 AS y FROM (VALUES 1, 2) t(x)");
    assertThat(w.rows("SELECT sum(y) FROM v WHERE x > 1")).containsExactly(List.of("4"));
    assertThat(w.failure("CREATE VIEW v AS SELECT 1 AS a")).contains("TABLE_ALREADY_EXISTS");
    w.run("CREATE OR REPLACE VIEW v AS SELECT 7 AS z");
    assertThat(w.rows("SELECT z FROM db.v")).containsExactly(List.of("7"));
    assertThat(w.lines("SHOW VIEWS")).containsExactly("v");
    assertThat(w.lines("SHOW CREATE VIEW v"))
        .containsExactly("CREATE VIEW db.v AS", "SELECT 7 AS z");
    assertThat(w.glue().getTable(r -> r.databaseName("db").name("v")).table().viewOriginalText())
        .startsWith("/* Presto View: ");
    w.run("DROP VIEW v");
    assertThat(w.lines("SHOW TABLES")).isEmpty();
  }

  @Test
  void definitionsAreShownAsHiveShowsThem() {
    w.run("CREATE DATABASE IF NOT EXISTS shop COMMENT 'a shop' LOCATION 's3://lake/shop/'");
    w.run(
        "CREATE EXTERNAL TABLE shop.`orders` (`id` bigint COMMENT 'the key', items array<struct<sku:string,n:int>>) PARTITIONED BY (day date) STORED AS PARQUET LOCATION 's3://lake/shop/orders' TBLPROPERTIES ('classification'='parquet')");
    assertThat(w.lines("SHOW DATABASES")).containsExactly("db", "shop");
    assertThat(w.lines("SHOW TABLES IN shop 'ord*'")).containsExactly("orders");
    assertThat(w.lines("DESCRIBE shop.orders"))
        .first()
        .isEqualTo("id                  \tbigint              \tthe key             ");
    assertThat(w.lines("DESCRIBE shop.orders")).contains("# Partition Information\t \t ");
    assertThat(w.lines("SHOW COLUMNS IN shop.orders"))
        .containsExactly("id                  ", "items               ", "day                 ");
    assertThat(w.lines("SHOW CREATE TABLE shop.orders"))
        .startsWith(
            "CREATE EXTERNAL TABLE `shop.orders`(",
            "  `id` bigint COMMENT 'the key', ",
            "  `items` array<struct<sku:string,n:int>>)",
            "PARTITIONED BY ( ",
            "  `day` date)");
    w.run("ALTER TABLE shop.orders ADD COLUMNS (note string)");
    w.run("ALTER TABLE shop.orders SET TBLPROPERTIES ('a'='b')");
    assertThat(w.lines("SHOW TBLPROPERTIES shop.orders('a')")).containsExactly("b");
    assertThat(w.failure("DROP DATABASE shop")).contains("is not empty");
    assertThat(w.failure("CREATE EXTERNAL TABLE shop.orders (a int) LOCATION 's3://lake/x/'"))
        .contains("AlreadyExistsException");
    assertThat(w.failure("CREATE EXTERNAL TABLE x (a nonsense) LOCATION 's3://lake/x/'"))
        .startsWith("FAILED: ParseException line 1:");
    assertThat(
            w.failure(
                "CREATE TABLE x (a int) LOCATION 's3://lake/x/' TBLPROPERTIES ('table_type'='ICEBERG')"))
        .contains("Iceberg tables")
        .contains("not supported");
    assertThat(w.failure("DROP TABLE nope"))
        .isEqualTo("FAILED: SemanticException [Error 10001]: Table not found db.nope");
    w.run("DROP TABLE IF EXISTS nope");
    w.run("DROP DATABASE shop CASCADE");
    assertThat(w.lines("SHOW DATABASES")).containsExactly("db");
  }

  @Test
  void statementsReachNoFileButTheirTables() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret.csv"), "a\n1\n");
    for (String sql :
        List.of(
            "SELECT * FROM TABLE(read_csv('" + secret + "'))",
            "SELECT * FROM \"" + secret + "\"",
            "SELECT read_text('" + secret + "')",
            "SELECT getenv('HOME')",
            "SELECT current_setting('memory_limit')")) {
      assertThat(w.failure(sql)).as(sql).containsAnyOf("NOT_FOUND", "NOT_SUPPORTED");
    }
    for (String sql :
        List.of(
            "SELECT * FROM read_csv('" + secret + "')",
            "ATTACH 'x'",
            "COPY t TO 'x'",
            "PRAGMA version",
            "INSTALL httpfs",
            "SET x = 1 2")) {
      Assertions.assertThatThrownBy(() -> w.start(sql))
          .as(sql)
          .hasMessageContaining("mismatched input");
    }
  }

  @Test
  void manyPartitionsAreListedOnlyWhereTheConditionHolds() {
    w.run(
        "CREATE EXTERNAL TABLE big (v int) PARTITIONED BY (d date, h int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/big/'");
    w.run(
        "INSERT INTO big SELECT 1, date_add('day', x, DATE '2020-01-01'), 7 FROM UNNEST(sequence(0, 365)) s(x)");
    assertThat(w.lines("SHOW PARTITIONS big")).hasSize(366);
    var one = w.run("SELECT count(*) FROM big WHERE d = DATE '2020-02-29' AND h > 3");
    var all = w.run("SELECT count(*), min(d), max(d) FROM big");
    assertThat(w.allRows(one.queryExecutionId()).get(1)).containsExactly("1");
    assertThat(w.allRows(all.queryExecutionId()).get(1))
        .containsExactly("366", "2020-01-01", "2020-12-31");
    assertThat(all.statistics().dataScannedInBytes())
        .isEqualTo(366 * one.statistics().dataScannedInBytes());
  }
}
