package dev.polder.athena;

import dev.polder.athena.PublishIntent.NewTable;
import dev.polder.athena.engine.Format;
import dev.polder.athena.sql.Ddl.ColumnDefinition;
import dev.polder.athena.sql.HiveTypes;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableProperties;
import dev.polder.athena.sql.TableSource;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.athena.sql.Translation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `CREATE TABLE ... WITH (...) AS` asks for.
///
/// @param compression of the files
record TableAsSelectPlan(StoredTable table, NewTable create, String compression) {
  private static final Set<String> KNOWN =
      Set.of(
          "format",
          "write_compression",
          "parquet_compression",
          "orc_compression",
          "external_location",
          "partitioned_by",
          "field_delimiter",
          "is_external",
          "table_type",
          "bucketed_by",
          "bucket_count");

  /// @param otherwise where the table goes if no `external_location` is given
  static TableAsSelectPlan of(
      String database, String table, TableProperties with, Translation query, S3Uri otherwise) {
    refuse(with);
    String name = with.text("format").orElse("PARQUET").toLowerCase(Locale.ROOT);
    String delimiter = with.text("field_delimiter").orElse("\u0001");
    Format format = format(name, delimiter);
    String compression = compression(with, format);
    S3Uri location = with.text("external_location").map(S3Uri::parse).orElse(otherwise).folder();
    TableSource source = source(database, table, with, columns(query));
    var create =
        new NewTable(
            hive(source.columns()),
            hive(source.keys()),
            name,
            delimiter,
            location.toString(),
            with.comment(),
            properties(format, compression));
    return new TableAsSelectPlan(
        new StoredTable(source, location, format, Map.of()), create, compression);
  }

  private static Format format(String name, String delimiter) {
    return switch (name) {
      case "parquet" -> new Format.Parquet();
      case "json" -> new Format.JsonLines(false);
      case "textfile" -> new Format.Delimited(delimiter, null, 0, "\\N");
      default ->
          throw new SqlFailure(
              "NOT_SUPPORTED",
              "The format "
                  + name.toUpperCase(Locale.ROOT)
                  + " of CREATE TABLE AS is not supported");
    };
  }

  private static TableSource source(
      String database, String table, TableProperties with, List<Column> columns) {
    List<String> keys =
        with.texts("partitioned_by").stream().map(k -> k.toLowerCase(Locale.ROOT)).toList();
    checkKeys(columns, keys);
    int rest = columns.size() - keys.size();
    return new TableSource(
        database,
        table,
        columns.subList(0, rest),
        columns.subList(rest, columns.size()),
        Optional.empty());
  }

  private static Map<String, String> properties(Format format, String compression) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("has_encrypted_data", "false");
    if (format instanceof Format.Parquet) {
      properties.put("parquet.compression", compression.toUpperCase(Locale.ROOT));
    }
    return properties;
  }

  private static void refuse(TableProperties with) {
    for (String name : with.names()) {
      if (!KNOWN.contains(name)) {
        throw new SqlFailure(
            "INVALID_TABLE_PROPERTY",
            "Catalog 'awsdatacatalog' table property '" + name + "' does not exist");
      }
      if (name.startsWith("bucket")) {
        throw new SqlFailure("NOT_SUPPORTED", "Bucketed tables (" + name + ") are not supported");
      }
    }
    with.text("table_type")
        .filter(t -> !t.equalsIgnoreCase("HIVE"))
        .ifPresent(t -> {
          throw new SqlFailure(
              "NOT_SUPPORTED",
              "Tables of type " + t.toUpperCase(Locale.ROOT) + " are not supported");
        });
  }

  private static String compression(TableProperties with, Format format) {
    String text =
        with.text("write_compression")
            .or(() -> with.text("parquet_compression"))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    boolean parquet = format instanceof Format.Parquet;
    return switch (text) {
      case "" -> parquet ? "snappy" : "gzip";
      case "gzip", "zstd" -> text;
      case "none", "uncompressed" -> "none";
      case "snappy" -> {
        if (!parquet) {
          throw new SqlFailure(
              "NOT_SUPPORTED", "The compression SNAPPY of text files is not supported");
        }
        yield text;
      }
      default ->
          throw new SqlFailure(
              "NOT_SUPPORTED",
              "The compression " + text.toUpperCase(Locale.ROOT) + " is not supported");
    };
  }

  private static List<Column> columns(Translation query) {
    List<Column> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Translation.Output o : query.columns()) {
      if (o.name().matches("_col[0-9]+")) {
        throw new SqlFailure(
            "MISSING_COLUMN_NAME",
            "line 1:1: Column name not specified at position " + (columns.size() + 1));
      }
      if (!seen.add(o.name())) {
        throw new SqlFailure(
            "DUPLICATE_COLUMN_NAME",
            "line 1:1: Column name '" + o.name() + "' specified more than once");
      }
      if (o.type() == SqlType.Simple.UNKNOWN) {
        throw new SqlFailure(
            "COLUMN_TYPE_UNKNOWN", "line 1:1: Column type is unknown: " + o.name());
      }
      columns.add(new Column(o.name(), o.type()));
    }
    return columns;
  }

  private static void checkKeys(List<Column> columns, List<String> keys) {
    List<String> names = columns.stream().map(Column::name).toList();
    for (String key : keys) {
      if (!names.contains(key)) {
        throw new SqlFailure(
            "INVALID_TABLE_PROPERTY", "Partition columns [" + key + "] not present in schema");
      }
    }
    if (keys.size() >= columns.size()) {
      throw new SqlFailure("INVALID_TABLE_PROPERTY", "Table contains only partition columns");
    }
    if (!names.subList(names.size() - keys.size(), names.size()).equals(keys)) {
      throw new SqlFailure(
          "HIVE_COLUMN_ORDER_MISMATCH",
          "Partition keys must be the last columns in the table and in the same order as the table properties: "
              + keys);
    }
  }

  private static List<ColumnDefinition> hive(List<Column> columns) {
    return columns.stream()
        .map(c -> new ColumnDefinition(c.name(), HiveTypes.text(c.type()), null))
        .toList();
  }
}
