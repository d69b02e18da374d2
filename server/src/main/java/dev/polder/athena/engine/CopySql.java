package dev.polder.athena.engine;

import dev.polder.athena.engine.SqlEngine.WriteTarget;
import dev.polder.athena.engine.SqlEngine.Written;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.Translation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `COPY`: a query's rows into new files, a folder for each partition.
final class CopySql {
  private CopySql() {}

  static String of(String bound, Translation translation, WriteTarget target) {
    List<String> columns = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < target.columns().size(); i++) {
      String name = '"' + target.columns().get(i).replace("\"", "\"\"") + '"';
      boolean key = i >= target.columns().size() - target.keys();
      String value = translation.columns().get(i).id();
      columns.add(
          (key ? text(value, target.types().get(i)) : stored(value, target.types().get(i)))
              + " AS "
              + name);
      if (key) {
        keys.add(name);
      }
    }
    if (target.format() instanceof Format.JsonLines) {
      jsonLines(columns, keys);
    }
    var text = new StringBuilder("COPY (SELECT ").append(String.join(", ", columns));
    text.append(" FROM (").append(bound).append(") AS rows_) TO ");
    boolean partitioned = !keys.isEmpty();
    Path to =
        partitioned
            ? target.directory()
            : target.directory().resolve(target.prefix() + extension(target));
    text.append(ScanSql.literal(to.toString())).append(" (").append(format(target));
    if (partitioned) {
      text.append(", PARTITION_BY (")
          .append(String.join(", ", keys))
          .append("), WRITE_PARTITION_COLUMNS false, OVERWRITE_OR_IGNORE true, FILENAME_PATTERN ");
      text.append(ScanSql.literal(target.prefix() + "_{uuid}"))
          .append(", FILE_EXTENSION ")
          .append(ScanSql.literal(extension(target).substring(1)));
    }
    return text.append(isParquet(target) ? ", RETURN_STATS true)" : ", RETURN_FILES true)")
        .toString();
  }

  /// DuckDB writes no JSON into partitions, so a line is made here and written as text.
  private static void jsonLines(List<String> columns, List<String> keys) {
    List<String> members = new ArrayList<>();
    int data = columns.size() - keys.size();
    for (String column : columns.subList(0, data)) {
      int as = column.lastIndexOf(" AS ");
      members.add(column.substring(as + 4) + " := " + column.substring(0, as));
    }
    columns.subList(0, data).clear();
    columns.addFirst(
        "CAST(to_json(struct_pack(" + String.join(", ", members) + ")) AS VARCHAR) AS line_");
  }

  /// Partition values are the texts that the catalogue keeps. DuckDB makes that text of a whole
  /// number itself, for each folder; made here, it would be made, and compared, for each row.
  private static String text(String value, SqlType type) {
    boolean same =
        switch (type) {
          case SqlType.Simple.TINYINT,
              SqlType.Simple.SMALLINT,
              SqlType.Simple.INTEGER,
              SqlType.Simple.BIGINT ->
              true;
          default -> type.isText();
        };
    return same ? value : "CAST(" + value + " AS VARCHAR)";
  }

  private static String stored(String value, SqlType type) {
    return type instanceof SqlType.Char c ? "rpad(" + value + ", " + c.length() + ", ' ')" : value;
  }

  private static String extension(WriteTarget target) {
    return switch (target.format()) {
      case Format.Parquet _ -> ".parquet";
      case Format.JsonLines _ -> ".json" + suffix(target);
      case Format.Delimited _, Format.Quoted _ -> ".csv" + suffix(target);
    };
  }

  private static String suffix(WriteTarget target) {
    return switch (target.compression()) {
      case "gzip" -> ".gz";
      case "zstd" -> ".zst";
      default -> "";
    };
  }

  private static String format(WriteTarget target) {
    return switch (target.format()) {
      case Format.Parquet _ ->
          "FORMAT parquet, COMPRESSION "
              + (target.compression().equals("none") ? "uncompressed" : target.compression());
      case Format.JsonLines _ ->
          "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIM '\\x01', COMPRESSION "
              + target.compression();
      case Format.Delimited d ->
          "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIM "
              + ScanSql.literal(d.delimiter())
              + ", NULLSTR "
              + ScanSql.literal(d.nullText())
              + ", COMPRESSION "
              + target.compression();
      case Format.Quoted _ ->
          throw new SqlFailure(
              "NOT_SUPPORTED", "Writing to a table of OpenCSVSerde is not supported");
    };
  }

  private static boolean isParquet(WriteTarget target) {
    return target.format() instanceof Format.Parquet;
  }

  /// The files that a `COPY` answers.
  static List<Written> written(ResultSet rows, WriteTarget target) throws SQLException {
    List<Written> written = new ArrayList<>();
    while (rows.next()) {
      if (isParquet(target)) {
        written.add(parquet(rows, target));
      } else {
        text(rows, target, written);
      }
    }
    return written.stream().filter(w -> isParquet(target) ? w.rows() > 0 : w.bytes() > 0).toList();
  }

  @SuppressWarnings("unchecked")
  private static Written parquet(ResultSet row, WriteTarget target) throws SQLException {
    Path file = Path.of(row.getString(1));
    List<String> values = new ArrayList<>();
    if (target.keys() > 0) {
      Map<String, String> keys = (Map<String, String>) row.getObject(6);
      int all = target.columns().size();
      for (String key : target.columns().subList(all - target.keys(), all)) {
        String value = keys.get(key);
        values.add(value == null ? PartitionValues.NULL : value);
      }
    }
    return new Written(file, row.getLong(2), row.getLong(3), new PartitionValues(values));
  }

  /// Of text files only the sum of their rows is known: the first is said to have them all.
  private static void text(ResultSet row, WriteTarget target, List<Written> written)
      throws SQLException {
    long count = row.getLong(1);
    Object files = row.getArray(2).getArray();
    for (Object each : (Object[]) files) {
      Path file = Path.of(String.valueOf(each));
      try {
        long rows = written.isEmpty() ? count : 0;
        written.add(new Written(file, rows, Files.size(file), folders(file, target)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The values in the folders that DuckDB made for a file, which are percent-encoded.
  private static PartitionValues folders(Path file, WriteTarget target) {
    Path below = target.directory().relativize(file);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < target.keys(); i++) {
      String folder = below.getName(i).toString();
      String value = folder.substring(folder.indexOf('=') + 1).replace("+", "%2B");
      values.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return new PartitionValues(values);
  }
}
