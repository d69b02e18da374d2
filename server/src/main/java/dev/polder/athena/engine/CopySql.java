package dev.polder.athena.engine;

import dev.polder.athena.engine.SqlEngine.WriteTarget;
import dev.polder.athena.engine.SqlEngine.Written;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.Translation;
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
    return text.append(", RETURN_STATS true)").toString();
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
      case Format.JsonLines _ -> "FORMAT json, COMPRESSION " + target.compression();
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

  @SuppressWarnings("unchecked")
  static Written written(ResultSet row, WriteTarget target) throws SQLException {
    Path file = Path.of(row.getString(1));
    List<String> values = new ArrayList<>();
    if (target.keys() > 0) {
      Map<String, String> keys = (Map<String, String>) row.getObject(6);
      for (String key :
          target
              .columns()
              .subList(target.columns().size() - target.keys(), target.columns().size())) {
        String value = keys.get(key);
        values.add(value == null ? PartitionValues.NULL : value);
      }
    }
    return new Written(file, row.getLong(2), row.getLong(3), new PartitionValues(values));
  }
}
