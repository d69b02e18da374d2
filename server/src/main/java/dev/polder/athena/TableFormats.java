package dev.polder.athena;

import dev.polder.athena.engine.Format;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/// What a table's SerDe and properties say about its files. A format that cannot be read is refused
/// by the SerDe's name.
final class TableFormats {
  static final String PARQUET = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
  static final String OPENX = "org.openx.data.jsonserde.JsonSerDe";
  static final String HCATALOG = "org.apache.hive.hcatalog.data.JsonSerDe";
  static final String LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
  static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

  private TableFormats() {}

  static boolean isOpenCsv(StorageDescriptor sd) {
    return library(sd).equals(OPEN_CSV);
  }

  static boolean isRegex(StorageDescriptor sd) {
    return library(sd).endsWith("RegexSerDe");
  }

  static boolean readableFromText(SqlType type) {
    return !(type instanceof SqlType.Array
        || type instanceof SqlType.Map
        || type instanceof SqlType.Row);
  }

  private static String library(StorageDescriptor sd) {
    return sd.serdeInfo() == null || sd.serdeInfo().serializationLibrary() == null
        ? ""
        : sd.serdeInfo().serializationLibrary();
  }

  static Format of(String table, StorageDescriptor sd, Map<String, String> properties) {
    String library = library(sd);
    Map<String, String> all = new HashMap<>(properties);
    if (sd.hasParameters()) {
      all.putAll(sd.parameters());
    }
    if (sd.serdeInfo() != null && sd.serdeInfo().hasParameters()) {
      all.putAll(sd.serdeInfo().parameters());
    }
    int skip = skip(table, all);
    return switch (library) {
      case PARQUET -> new Format.Parquet();
      case OPENX, HCATALOG, "com.amazon.ionhiveserde.IonHiveSerDe.Json" -> json(table, all);
      case LAZY, "" -> lazy(table, all, skip, library);
      case OPEN_CSV ->
          new Format.Quoted(
              all.getOrDefault("separatorChar", ","),
              all.getOrDefault("quoteChar", "\""),
              unescaped(all.getOrDefault("escapeChar", "\\")),
              skip);
      default ->
          throw new SqlFailure(
              "NOT_SUPPORTED", "The SerDe " + library + " of table " + table + " is not supported");
    };
  }

  private static Format json(String table, Map<String, String> all) {
    for (String name : all.keySet()) {
      if (name.startsWith("mapping.")
          || name.equals("dots.in.keys") && Boolean.parseBoolean(all.get(name))) {
        throw new SqlFailure(
            "NOT_SUPPORTED",
            "The SerDe property " + name + " of table " + table + " is not supported");
      }
    }
    return new Format.JsonLines(
        Boolean.parseBoolean(all.getOrDefault("ignore.malformed.json", "false")));
  }

  private static Format lazy(String table, Map<String, String> all, int skip, String library) {
    if (library.isEmpty()) {
      throw new SqlFailure("HIVE_INVALID_METADATA", "Table " + table + " has no SerDe");
    }
    String delimiter =
        all.getOrDefault("field.delim", all.getOrDefault("serialization.format", "\u0001"));
    if (delimiter.matches("[0-9]{1,3}")) {
      delimiter = Character.toString((char) Integer.parseInt(delimiter));
    }
    return new Format.Delimited(
        unescaped(delimiter),
        all.get("escape.delim"),
        skip,
        all.getOrDefault("serialization.null.format", "\\N"));
  }

  private static String unescaped(String text) {
    return switch (text) {
      case "\\t" -> "\t";
      case "\\n" -> "\n";
      case "\\\\" -> "\\";
      default -> text;
    };
  }

  private static int skip(String table, Map<String, String> all) {
    String text = all.getOrDefault("skip.header.line.count", "0");
    if (!text.matches("[0-9]{1,6}")) {
      throw new SqlFailure(
          "HIVE_INVALID_METADATA",
          "Invalid value for skip.header.line.count of table " + table + ": " + text);
    }
    return Integer.parseInt(text);
  }

  /// True if a partition's column of one type may be read as the table's type, as Trino's Hive
  /// connector coerces them.
  static boolean compatible(SqlType partition, SqlType table) {
    if (partition.equals(table)) {
      return true;
    }
    String from = partition.toString().replaceAll("\\(.*", "");
    return switch (table) {
      case SqlType.Simple.BIGINT -> from.matches("tinyint|smallint|integer");
      case SqlType.Simple.INTEGER -> from.matches("tinyint|smallint");
      case SqlType.Simple.SMALLINT -> from.equals("tinyint");
      case SqlType.Simple.DOUBLE -> from.equals("real");
      case SqlType.Varchar _ -> from.matches("varchar|char|tinyint|smallint|integer|bigint");
      case SqlType.Decimal _ -> from.equals("decimal");
      case SqlType.Row _ -> partition instanceof SqlType.Row;
      case SqlType.Array a ->
          partition instanceof SqlType.Array p && compatible(p.element(), a.element());
      case SqlType.Map m ->
          partition instanceof SqlType.Map p
              && compatible(p.key(), m.key())
              && compatible(p.value(), m.value());
      default -> from.toLowerCase(Locale.ROOT).isEmpty();
    };
  }
}
