package dev.polder.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Digests;
import dev.polder.kernel.Json;
import dev.polder.shape.Shapes;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/// How the partitions of one table lie in the store. Used for one call, by one thread.
///
/// A partition's key ends with its values in order, so that those that begin with the same values
/// are neighbours. Most partitions of a table have the same columns, which are by far their largest
/// part: they are stored once, under their digest, and partitions refer to them.
final class PartitionRecords {
  private static final String REFERENCE = "#Columns";

  private final Catalog catalog;
  private final String database;
  private final String table;
  private final Map<String, List<Column>> columns = new HashMap<>();
  private final Set<String> written = new HashSet<>();
  private @Nullable Batch current;

  PartitionRecords(Catalog catalog, String database, String table) {
    this.catalog = catalog;
    this.database = database;
    this.table = table;
  }

  Key prefix() {
    return catalog.key("partition", database, table);
  }

  Key key(List<String> values) {
    Key key = prefix();
    for (String value : values) {
      key = key.with(value);
    }
    return key;
  }

  /// The values in a partition's key.
  @SuppressWarnings({"unchecked", "rawtypes"})
  static List<String> values(Key key) {
    List parts = key.parts();
    // glue, account, region, kind, database, table
    return List.copyOf((List<String>) parts.subList(6, parts.size()));
  }

  /// Sets a partition, and its columns where the store does not have them yet. The batch must
  /// require that the table is as it was before this call.
  void put(Batch batch, Partition partition) {
    Map<String, Object> map = Documents.map(partition);
    map.keySet().removeAll(List.of("Values", "DatabaseName", "TableName", "CatalogId"));
    if (map.get("StorageDescriptor") instanceof Map<?, ?> storage) {
      Map<String, Object> rest = Documents.object(storage);
      Object list = rest.remove("Columns");
      if (list != null) {
        rest.put(REFERENCE, putColumns(batch, Json.write(list).getBytes(UTF_8)));
      }
    }
    batch.put(key(partition.values()), Json.write(map).getBytes(UTF_8));
  }

  private String putColumns(Batch batch, byte[] json) {
    String digest = digest(json);
    Key key = columnsKey(digest);
    if (batch != current) {
      current = batch;
      written.clear();
    }
    if (written.add(digest) && catalog.store().get(key) == null) {
      batch.put(key, json);
    }
    return digest;
  }

  private Key columnsKey(String digest) {
    return catalog.key("columns", database, table, digest);
  }

  private static String digest(byte[] json) {
    return Digests.sha256Hex(json).substring(0, 32);
  }

  /// A partition from its value, with its columns.
  Partition read(List<String> values, byte[] bytes) {
    return read(values, bytes, true);
  }

  /// A partition from its value, without its columns.
  Partition readWithoutColumns(List<String> values, byte[] bytes) {
    return read(values, bytes, false);
  }

  private Partition read(List<String> values, byte[] bytes, boolean withColumns) {
    Map<String, Object> map = Documents.object(Json.parse(bytes));
    var builder = Partition.builder();
    Documents.shape(map, builder, Partition.class);
    if (withColumns
        && map.get("StorageDescriptor") instanceof Map<?, ?> storage
        && storage.get(REFERENCE) instanceof String digest) {
      StorageDescriptor without = builder.build().storageDescriptor();
      builder.storageDescriptor(without.toBuilder().columns(columns(digest)).build());
    }
    return builder
        .values(values)
        .databaseName(database)
        .tableName(table)
        .catalogId(catalog.scope().account())
        .build();
  }

  private List<Column> columns(String digest) {
    return columns.computeIfAbsent(
        digest,
        _ -> {
          byte[] json = catalog.store().get(columnsKey(digest));
          if (json == null) {
            // The table was removed while this call read it.
            return List.of();
          }
          return ((List<?>) Objects.requireNonNull(Json.parse(json)))
              .stream()
                  .map(c -> Documents.shape(Documents.object(c), Column.builder(), Column.class))
                  .toList();
        });
  }

  /// A partition as it is kept, from what a client sends.
  Partition of(PartitionInput input) {
    var builder = Partition.builder();
    Shapes.copy(input, builder);
    return builder
        .storageDescriptor(Tables.complete(input.storageDescriptor()))
        .databaseName(database)
        .tableName(table)
        .catalogId(catalog.scope().account())
        .creationTime(catalog.now())
        .build();
  }
}
