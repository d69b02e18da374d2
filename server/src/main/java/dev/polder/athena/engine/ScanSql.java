package dev.polder.athena.engine;

import dev.polder.athena.engine.ScanInput.SourceFile;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.TableScan;
import dev.polder.athena.sql.TableSource.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The relation that stands for a scan: its files' columns and its partitions' values.
final class ScanSql {
  private final Connection connection;
  private final TableScan scan;
  private final ScanInput input;

  ScanSql(Connection connection, TableScan scan, ScanInput input) {
    this.connection = connection;
    this.scan = scan;
    this.input = input;
  }

  String relation() throws SQLException {
    List<Column> all = scan.table().all();
    int data = scan.table().columns().size();
    List<Integer> used = new ArrayList<>(scan.used());
    if (input.files().isEmpty()) {
      return select(
          used.stream()
              .map(i -> "CAST(NULL AS " + all.get(i).type().duck() + ") AS " + scan.id(i))
              .toList(),
          "(SELECT 1) WHERE FALSE");
    }
    List<Integer> read = used.stream().filter(i -> i < data).toList();
    Source source =
        switch (input.format()) {
          case Format.Parquet _ -> new ParquetSource(connection, input).of(columns(all, read));
          case Format.JsonLines j -> new JsonSource(connection, input, j).of(columns(all, read));
          case Format.Delimited d -> DelimitedSource.of(input, d, scan.table().columns(), read);
          case Format.Quoted q -> QuotedSource.of(input, q, scan.table().columns(), read);
        };
    List<String> items = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      items.add(source.values().get(i) + " AS " + scan.id(read.get(i)));
    }
    for (int i : used) {
      if (i >= data) {
        items.add(key(i - data, all.get(i)) + " AS " + scan.id(i));
      }
    }
    return select(items, source.from());
  }

  /// Text of `FROM`, and the value of each column that is read.
  record Source(String from, List<String> values) {}

  private static List<Column> columns(List<Column> all, List<Integer> read) {
    return read.stream().map(all::get).toList();
  }

  private static String select(List<String> items, String from) {
    return "(SELECT "
        + (items.isEmpty() ? "1 AS one_" : String.join(", ", items))
        + " FROM "
        + from
        + ")";
  }

  /// A partition's value: a constant where all files agree, otherwise found by the file's number.
  private String key(int index, Column column) {
    List<String> texts =
        input.files().stream()
            .map(f -> input.partitions().get(f.partition()).texts().get(index))
            .toList();
    String duck = column.type().duck();
    if (texts.stream().distinct().count() == 1) {
      return value(texts.getFirst(), column.type());
    }
    String list = texts.stream().map(ScanSql::text).collect(Collectors.joining(", ", "[", "]"));
    return "list_extract(CAST(" + list + " AS " + duck + "[]), CAST(file_index AS BIGINT) + 1)";
  }

  static String value(String text, SqlType type) {
    return "CAST(" + text(text) + " AS " + type.duck() + ")";
  }

  private static String text(String value) {
    return value.equals(PartitionValues.NULL) ? "NULL" : literal(value);
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String files(ScanInput input) {
    return input.files().stream()
        .map(SourceFile::path)
        .map(p -> literal(escaped(p.toString())))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /// DuckDB takes `*`, `?` and `[` in a path for a pattern.
  private static String escaped(String path) {
    if (path.contains("*") || path.contains("?") || path.contains("[")) {
      return path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]");
    }
    return path;
  }

  /// The value of a column whose file holds text.
  static String fromText(String text, SqlType type, String column) {
    String bad = "HIVE_BAD_DATA";
    return switch (type) {
      case SqlType.Varchar v -> v.length() < 0 ? text : "left(" + text + ", " + v.length() + ")";
      case SqlType.Char c -> "rtrim(left(" + text + ", " + c.length() + "), ' ')";
      case Simple.TINYINT, Simple.SMALLINT, Simple.INTEGER, Simple.BIGINT ->
          "CASE WHEN contains("
              + text
              + ", '.') THEN CAST(trunc(CAST("
              + text
              + " AS DOUBLE)) AS "
              + type.duck()
              + ") ELSE CAST("
              + text
              + " AS "
              + type.duck()
              + ") END";
      case Simple.REAL, Simple.DOUBLE, Simple.BOOLEAN, Simple.DATE ->
          "CAST(" + text + " AS " + type.duck() + ")";
      case SqlType.Decimal _, SqlType.Timestamp _ -> "CAST(" + text + " AS " + type.duck() + ")";
      case Simple.VARBINARY -> "encode(" + text + ")";
      case SqlType.Array _, SqlType.Map _, SqlType.Row _ ->
          "CAST(CAST(" + text + " AS JSON) AS " + type.duck() + ")";
      default -> throw new SqlFailure(bad, "Column '" + column + "' cannot be read as " + type);
    };
  }
}
