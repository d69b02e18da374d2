package dev.polder.athena.engine;

import dev.polder.athena.engine.ScanInput.SourceFile;
import dev.polder.athena.engine.ScanSql.Source;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.TableSource.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parquet files. Columns are matched by name; one that no file has is null, one that some files
/// lack is null in their rows, one of another type fails the query and names the file.
final class ParquetSource {
  private final Connection connection;
  private final ScanInput input;

  ParquetSource(Connection connection, ScanInput input) {
    this.connection = connection;
    this.input = input;
  }

  /// A column as a file has it.
  ///
  /// @param type DuckDB's name of the type; null for nested ones
  private record Found(@Nullable String type, String file) {}

  Source of(List<Column> columns) throws SQLException {
    if (columns.isEmpty()) {
      return new Source(from(false), List.of());
    }
    Map<String, Map<String, Found>> found = new HashMap<>();
    boolean uneven = read(columns, found);
    List<String> values = new ArrayList<>();
    for (Column c : columns) {
      Map<String, Found> types = found.getOrDefault(c.name(), Map.of());
      values.add(value(c, types));
    }
    boolean byName = uneven || found.values().stream().anyMatch(t -> t.size() > 1);
    return new Source(from(byName), values);
  }

  private String from(boolean byName) {
    return "read_parquet("
        + ScanSql.files(input)
        + ", hive_partitioning = false"
        + (byName ? ", union_by_name = true" : "")
        + ")";
  }

  /// Gathers the types under which the files have the columns.
  ///
  /// @return true if a file lacks a column that another has
  private boolean read(List<Column> columns, Map<String, Map<String, Found>> found)
      throws SQLException {
    Set<String> wanted = new HashSet<>();
    columns.forEach(c -> wanted.add(c.name()));
    String sql =
        "SELECT file_name, name, duckdb_type, num_children FROM parquet_schema("
            + ScanSql.files(input)
            + ")";
    Map<String, Integer> counts = new HashMap<>();
    try (PreparedStatement s = connection.prepareStatement(sql);
        ResultSet rows = s.executeQuery()) {
      String file = "";
      List<Integer> open = new ArrayList<>();
      while (rows.next()) {
        if (!file.equals(rows.getString(1))) {
          file = rows.getString(1);
          open.clear();
          open.add(rows.getInt(4));
          continue;
        }
        int depth = enter(open, rows.getInt(4));
        String name = rows.getString(2).toLowerCase(Locale.ROOT);
        if (depth == 1 && wanted.contains(name)) {
          String type = rows.getString(3);
          found
              .computeIfAbsent(name, _ -> new HashMap<>())
              .putIfAbsent(String.valueOf(type), new Found(type, file));
          counts.merge(name, 1, Integer::sum);
        }
      }
    }
    return counts.values().stream().anyMatch(n -> n < input.files().size());
  }

  /// Walks the flattened tree: `open` holds how many children are still to come at each level.
  private static int enter(List<Integer> open, int children) {
    while (open.size() > 1 && open.getLast() == 0) {
      open.removeLast();
    }
    int depth = open.size();
    open.set(open.size() - 1, open.getLast() - 1);
    if (children > 0) {
      open.add(children);
    }
    return depth;
  }

  private String value(Column c, Map<String, Found> types) {
    String name = '"' + c.name().replace("\"", "\"\"") + '"';
    if (types.isEmpty()) {
      return "CAST(NULL AS " + c.type().duck() + ")";
    }
    for (Found f : types.values()) {
      if (f.type() != null && !readable(f.type(), c.type())) {
        throw new SqlFailure(
            "HIVE_BAD_DATA",
            "Field "
                + c.name()
                + "'s type "
                + f.type()
                + " in parquet file "
                + uri(f.file())
                + " is incompatible with type "
                + c.type()
                + " defined in table schema");
      }
    }
    String only = types.size() == 1 ? types.values().iterator().next().type() : null;
    return converted(name, only, c.type());
  }

  private static String converted(String name, @Nullable String from, SqlType to) {
    if (to.duck().equals(from)) {
      // Trino's Hive timestamps have milliseconds; the rest is rounded away.
      return to instanceof SqlType.Timestamp
          ? "make_timestamp((epoch_us(" + name + ") + 500) // 1000 * 1000)"
          : name;
    }
    return switch (to) {
      case SqlType.Timestamp _ ->
          "make_timestamp((epoch_us(CAST("
              + ("TIMESTAMP WITH TIME ZONE".equals(from) ? "timezone('UTC', " + name + ")" : name)
              + " AS TIMESTAMP)) + 500) // 1000 * 1000)";
      case SqlType.Varchar _, SqlType.Char _ ->
          "BLOB".equals(from) ? "decode(" + name + ")" : ScanSql.fromText(name, to, name);
      case Simple.VARBINARY -> "VARCHAR".equals(from) ? "encode(" + name + ")" : name;
      default -> "CAST(" + name + " AS " + to.duck() + ")";
    };
  }

  /// True if Trino's Parquet reader gives a column of this file type as the table's type.
  private static boolean readable(String file, SqlType table) {
    if (file.equals(table.duck())) {
      return true;
    }
    String base = file.contains("(") ? file.substring(0, file.indexOf('(')) : file;
    Set<String> from =
        switch (table) {
          case Simple.BIGINT ->
              Set.of("INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT", "UTINYINT");
          case Simple.INTEGER -> Set.of("SMALLINT", "TINYINT", "USMALLINT", "UTINYINT");
          case Simple.SMALLINT -> Set.of("TINYINT", "UTINYINT");
          case Simple.DOUBLE -> Set.of("FLOAT");
          case Decimal _ -> Set.of("DECIMAL", "INTEGER", "BIGINT");
          case SqlType.Varchar _, SqlType.Char _ -> Set.of("VARCHAR", "BLOB", "JSON", "ENUM");
          case Simple.VARBINARY -> Set.of("VARCHAR");
          case SqlType.Timestamp _ ->
              Set.of(
                  "TIMESTAMP",
                  "TIMESTAMP WITH TIME ZONE",
                  "TIMESTAMP_NS",
                  "TIMESTAMP_MS",
                  "TIMESTAMP_S");
          case SqlType.Array _, SqlType.Map _, SqlType.Row _ -> Set.of(base);
          default -> Set.of();
        };
    return from.contains(base);
  }

  private String uri(String path) {
    return input.files().stream()
        .filter(f -> f.path().toString().equals(path))
        .findFirst()
        .map(SourceFile::uri)
        .orElse("");
  }
}
