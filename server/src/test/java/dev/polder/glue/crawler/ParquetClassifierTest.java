package dev.polder.glue.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against files that DuckDB writes.
class ParquetClassifierTest {
  @TempDir Path directory;

  private byte[] parquet(String select) throws Exception {
    Path file = directory.resolve("file.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    }
    return Files.readAllBytes(file);
  }

  private static Finding classify(byte[] bytes) {
    return new Classification(List.of()).classify(new BytesSource(bytes));
  }

  private static String columns(Finding finding) {
    return ((Finding.Recognised) finding)
        .schema().columns().stream()
            .map(column -> column.name() + " " + column.type().text())
            .collect(Collectors.joining(", "));
  }

  @Test
  void everyTypeHasItsHiveName() throws Exception {
    byte[] file =
        parquet(
            """
            SELECT 1::TINYINT AS i8, 1::SMALLINT AS i16, 1::INTEGER AS "I32", 1::BIGINT AS i64,
              1::UTINYINT AS u8, 1::USMALLINT AS u16, 1::UINTEGER AS u32, 1::UBIGINT AS u64,
              1::FLOAT AS f, 1::DOUBLE AS d, true AS b, 'x' AS s, 'x'::BLOB AS bytes,
              1.5::DECIMAL(9,2) AS dec9, 1.5::DECIMAL(18,3) AS dec18, 1.5::DECIMAL(38,4) AS dec38,
              DATE '2020-01-01' AS day, TIMESTAMP '2020-01-01 00:00:00' AS ts,
              TIMESTAMPTZ '2020-01-01 00:00:00Z' AS tz
            """);
    assertThat(columns(classify(file)))
        .isEqualTo(
            "i8 tinyint, i16 smallint, i32 int, i64 bigint, u8 smallint, u16 int, u32 bigint, u64"
                + " decimal(20,0), f float, d double, b boolean, s string, bytes binary, dec9"
                + " decimal(9,2), dec18 decimal(18,3), dec38 decimal(38,4), day date, ts timestamp,"
                + " tz timestamp");
  }

  @Test
  void nestedTypesAreReadPartByPart() throws Exception {
    byte[] file =
        parquet(
            """
            SELECT [1, 2] AS l, [[1], [2]] AS ll, {'A': 1, 'b': {'c': 'x'}} AS st,
              MAP {'k': 1.5::DOUBLE} AS m, [{'x': 1}] AS ls,
              MAP {'k': [{'y': DATE '2020-01-01'}]} AS ml
            """);
    assertThat(columns(classify(file)))
        .isEqualTo(
            "l array<int>, ll array<array<int>>, st struct<A:int,b:struct<c:string>>, m"
                + " map<string,double>, ls array<struct<x:int>>, ml"
                + " map<string,array<struct<y:date>>>");
  }

  @Test
  void rowsAreCountedFromTheFooter() throws Exception {
    var found = (Finding.Recognised) classify(parquet("SELECT range AS n FROM range(12345)"));
    assertThat(found.records()).isEqualTo(12345);
    assertThat(found.format()).isEqualTo(Format.of("parquet", "none"));
    var empty = (Finding.Recognised) classify(parquet("SELECT 1 AS n WHERE false"));
    assertThat(empty.records()).isZero();
    assertThat(columns(empty)).isEqualTo("n int");
  }

  @Test
  void aWideFooterIsReadWhole() throws Exception {
    StringBuilder select = new StringBuilder("SELECT 0 AS c0");
    for (int i = 1; i < 2000; i++) {
      select.append(", ").append(i).append(" AS column_with_a_long_name_").append(i);
    }
    var found = (Finding.Recognised) classify(parquet(select.toString()));
    assertThat(found.schema().columns()).hasSize(2000);
  }

  @Test
  void aFileCutShortSaysSoAtAnyLength() throws Exception {
    byte[] file = parquet("SELECT range AS n, 'x' AS s FROM range(10)");
    for (int length = 4; length < file.length; length++) {
      assertThat(classify(Arrays.copyOf(file, length)))
          .isInstanceOfSatisfying(
              Finding.Unrecognised.class, none -> assertThat(none.reason()).contains("Parquet"));
    }
  }

  @Test
  void noDamageMakesItFail() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    byte[] file = parquet("SELECT [1] AS l, {'a': 1.5::DECIMAL(9,2)} AS st, MAP {'k': 1} AS m");
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = file.clone();
      for (int j = 1 + random.nextInt(4); j > 0; j--) {
        damaged[4 + random.nextInt(file.length - 4)] = (byte) random.nextInt(256);
      }
      assertThat(classify(damaged)).isNotNull();
    }
  }
}
