package dev.polder.athena;

import dev.polder.athena.engine.Format;
import dev.polder.athena.engine.PartitionValues;
import dev.polder.athena.sql.Catalogue;
import dev.polder.athena.sql.HiveTypes;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableName;
import dev.polder.athena.sql.TableSource;
import dev.polder.athena.sql.TableSource.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/// The Glue Data Catalog as one statement sees it. Each table is asked for once.
final class GlueCatalogue implements Catalogue {
  private final GlueClient glue;
  private final Map<String, Boolean> databases = new HashMap<>();
  private final Map<String, Optional<Table>> tables = new HashMap<>();

  GlueCatalogue(GlueClient glue) {
    this.glue = glue;
  }

  GlueClient glue() {
    return glue;
  }

  @Override
  public boolean hasDatabase(String database) {
    return databases.computeIfAbsent(
        database,
        name -> {
          try {
            glue.getDatabase(r -> r.name(name));
            return true;
          } catch (EntityNotFoundException e) {
            return false;
          }
        });
  }

  /// The table that a name in a statement means.
  ///
  /// @param dotted as written, with one to three parts
  /// @param otherwise the database of a name that has none
  TableName named(String dotted, String otherwise) {
    String[] parts = dotted.toLowerCase(Locale.ROOT).replace("\"", "").split("\\.");
    if (parts.length == 3 && !parts[0].equals("awsdatacatalog")) {
      throw new SqlFailure("CATALOG_NOT_FOUND", "line 1:1: Catalog '" + parts[0] + "' not found");
    }
    String database = parts.length > 1 ? parts[parts.length - 2] : otherwise;
    if (!hasDatabase(database)) {
      throw new SqlFailure(
          "SCHEMA_NOT_FOUND", "line 1:1: Schema '" + database + "' does not exist");
    }
    return new TableName(database, parts[parts.length - 1]);
  }

  @Override
  public Optional<TableSource> table(String database, String name) {
    return raw(database, name)
        .map(t -> Views.isView(t) ? view(database, t) : stored(database, t).source());
  }

  /// The catalogue's own record of a table.
  Optional<Table> raw(String database, String name) {
    return tables.computeIfAbsent(
        database + "." + name,
        _ -> {
          try {
            return Optional.of(glue.getTable(r -> r.databaseName(database).name(name)).table());
          } catch (EntityNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /// A table with where and how its files are.
  StoredTable stored(String database, String name) {
    return raw(database, name)
        .map(t -> stored(database, t))
        .orElseThrow(() ->
            new SqlFailure(
                "TABLE_NOT_FOUND",
                "Table 'awsdatacatalog." + database + "." + name + "' does not exist"));
  }

  private static TableSource view(String database, Table t) {
    return Views.read(database, t);
  }

  private static StoredTable stored(String database, Table t) {
    StorageDescriptor sd = t.storageDescriptor();
    if (sd == null) {
      throw new SqlFailure(
          "HIVE_INVALID_METADATA",
          "Table storage descriptor is missing: " + database + "." + t.name());
    }
    refuse(database, t);
    List<Column> keys = columns(t.hasPartitionKeys() ? t.partitionKeys() : List.of());
    boolean strings = TableFormats.isOpenCsv(sd) || TableFormats.isRegex(sd);
    List<Column> columns = columns(sd.columns());
    if (strings && columns.stream().anyMatch(c -> !TableFormats.readableFromText(c.type()))) {
      throw new SqlFailure(
          "HIVE_INVALID_METADATA",
          "OpenCSVSerde supports no nested types: " + database + "." + t.name());
    }
    var source =
        new TableSource(
            database, t.name().toLowerCase(Locale.ROOT), columns, keys, Optional.empty());
    Format format = TableFormats.of(database + "." + t.name(), sd, t.parameters());
    String location = sd.location();
    if (location == null || location.isEmpty()) {
      throw new SqlFailure(
          "HIVE_INVALID_METADATA", "Table location is missing: " + database + "." + t.name());
    }
    return new StoredTable(source, S3Uri.parse(location).folder(), format, t.parameters());
  }

  private static void refuse(String database, Table t) {
    String type = t.parameters().getOrDefault("table_type", "");
    if (type.equalsIgnoreCase("ICEBERG")
        || t.parameters().containsKey("spark.sql.sources.provider")
            && "delta".equals(t.parameters().get("spark.sql.sources.provider"))) {
      throw new SqlFailure(
          "NOT_SUPPORTED",
          "Tables of type "
              + (type.isEmpty() ? "delta" : type)
              + " are not supported: "
              + database
              + "."
              + t.name());
    }
    if ("true".equalsIgnoreCase(t.parameters().get("projection.enabled"))) {
      throw new SqlFailure(
          "NOT_SUPPORTED", "Partition projection is not supported: " + database + "." + t.name());
    }
  }

  private static List<Column> columns(
      List<software.amazon.awssdk.services.glue.model.Column> columns) {
    List<Column> read = new ArrayList<>();
    for (var c : columns) {
      SqlType type = HiveTypes.parse(c.type() == null ? "string" : c.type());
      read.add(new Column(c.name().toLowerCase(Locale.ROOT), type));
    }
    return read;
  }

  /// A partition: its values, where it is, and how its files hold the columns.
  record StoredPartition(PartitionValues values, S3Uri location, StorageDescriptor descriptor) {}

  /// All partitions of a table.
  List<StoredPartition> partitions(StoredTable table) {
    List<StoredPartition> all = new ArrayList<>();
    var pages =
        glue.getPartitionsPaginator(r ->
            r.databaseName(table.source().database())
                .tableName(table.source().name())
                .maxResults(1000));
    for (var page : pages) {
      for (Partition p : page.partitions()) {
        all.add(read(table, p));
      }
    }
    return all;
  }

  private static StoredPartition read(StoredTable table, Partition p) {
    StorageDescriptor sd = p.storageDescriptor();
    String location = sd == null ? null : sd.location();
    if (sd == null || location == null) {
      throw new SqlFailure(
          "HIVE_INVALID_METADATA",
          "Partition location is missing: " + table.name() + " " + p.values());
    }
    return new StoredPartition(new PartitionValues(p.values()), S3Uri.parse(location).folder(), sd);
  }

  /// Checks that a partition's own columns can stand for the table's.
  ///
  /// @throws SqlFailure `HIVE_PARTITION_SCHEMA_MISMATCH`
  static void checkSchema(StoredTable table, StoredPartition partition) {
    Map<String, String> declared = new LinkedHashMap<>();
    partition
        .descriptor()
        .columns()
        .forEach(c -> declared.put(c.name().toLowerCase(Locale.ROOT), c.type()));
    for (Column c : table.source().columns()) {
      String text = declared.get(c.name());
      if (text == null) {
        continue;
      }
      SqlType type = HiveTypes.parse(text);
      if (!TableFormats.compatible(type, c.type())) {
        throw new SqlFailure(
            "HIVE_PARTITION_SCHEMA_MISMATCH",
            "There is a mismatch between the table and partition schemas. The types are incompatible and cannot be coerced. The column '"
                + c.name()
                + "' in table '"
                + table.name()
                + "' is declared as type '"
                + HiveTypes.text(c.type())
                + "', but partition '"
                + PartitionNames.path(table.source().keys(), partition.values())
                + "' declared column '"
                + c.name()
                + "' as type '"
                + text
                + "'.");
      }
    }
  }
}
