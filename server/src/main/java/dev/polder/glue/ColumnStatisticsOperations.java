package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.glue.model.ColumnError;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableResponse;

/// What query engines have written down about the columns of tables and partitions. Deleting what
/// is not there succeeds: Trino deletes the statistics of every column of a table it has just made.
record ColumnStatisticsOperations(Catalog catalog) {
  private static final int READ = 100;
  private static final int WRITTEN = 25;

  private Key table(String database, String table) {
    return catalog.key("stats", database, table).with("table");
  }

  /// Before which the statistics of a partition lie.
  Key partition(String database, String table, List<String> values) {
    Key key = catalog.key("stats", database, table).with("partition");
    for (String value : values) {
      key = key.with(value);
    }
    return key;
  }

  /// Statistics of some columns, and an error for each that has none.
  private record Found(List<ColumnStatistics> statistics, List<ColumnError> errors) {}

  GetColumnStatisticsForTableResponse get(GetColumnStatisticsForTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    Table table = held(request.databaseName(), request.tableName()).value();
    Found found = find(table(table.databaseName(), table.name()), request.columnNames());
    return GetColumnStatisticsForTableResponse.builder()
        .columnStatisticsList(found.statistics())
        .errors(found.errors())
        .build();
  }

  GetColumnStatisticsForPartitionResponse get(GetColumnStatisticsForPartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Table table = held(request.databaseName(), request.tableName()).value();
    List<String> values = request.partitionValues();
    partitionKey(table, values);
    Found found =
        find(partition(table.databaseName(), table.name(), values), request.columnNames());
    return GetColumnStatisticsForPartitionResponse.builder()
        .columnStatisticsList(found.statistics())
        .errors(found.errors())
        .build();
  }

  private Found find(Key prefix, List<String> names) {
    Check.size(names, "columnNames", 0, READ);
    List<ColumnStatistics> statistics = new ArrayList<>();
    List<ColumnError> errors = new ArrayList<>();
    for (String name : names) {
      byte[] bytes = catalog.store().get(prefix.with(name));
      if (bytes == null) {
        var error = GlueErrors.notFound("Column statistics for column " + name + " not found.");
        errors.add(ColumnError.builder().columnName(name).error(GlueErrors.detail(error)).build());
      } else {
        statistics.add(Documents.read(bytes, ColumnStatistics.builder(), ColumnStatistics.class));
      }
    }
    return new Found(statistics, errors);
  }

  UpdateColumnStatisticsForTableResponse update(UpdateColumnStatisticsForTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    List<ColumnStatistics> list = checked(request.columnStatisticsList());
    catalog.change(
        "Update column statistics",
        () -> {
          var held = held(request.databaseName(), request.tableName());
          Table table = held.value();
          return put(held.required(new Batch()), table(table.databaseName(), table.name()), list);
        });
    return UpdateColumnStatisticsForTableResponse.builder().errors(List.of()).build();
  }

  UpdateColumnStatisticsForPartitionResponse update(
      UpdateColumnStatisticsForPartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    List<ColumnStatistics> list = checked(request.columnStatisticsList());
    List<String> values = request.partitionValues();
    catalog.change(
        "Update column statistics",
        () -> {
          Table table = held(request.databaseName(), request.tableName()).value();
          Key key = partitionKey(table, values);
          Batch batch = new Batch().require(key, catalog.store().get(key));
          return put(batch, partition(table.databaseName(), table.name(), values), list);
        });
    return UpdateColumnStatisticsForPartitionResponse.builder().errors(List.of()).build();
  }

  private static List<ColumnStatistics> checked(List<ColumnStatistics> list) {
    Check.size(list, "columnStatisticsList", 0, WRITTEN);
    for (ColumnStatistics each : list) {
      Check.name(each.columnName(), "columnStatisticsList.member.columnName");
      Check.present(each.columnType(), "columnStatisticsList.member.columnType");
      Check.present(each.statisticsData(), "columnStatisticsList.member.statisticsData");
    }
    return list;
  }

  private static Batch put(Batch batch, Key prefix, List<ColumnStatistics> list) {
    list.forEach(each -> batch.put(prefix.with(each.columnName()), Documents.bytes(each)));
    return batch;
  }

  DeleteColumnStatisticsForTableResponse delete(DeleteColumnStatisticsForTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    String column = Check.name(request.columnName(), "columnName");
    Table table = held(request.databaseName(), request.tableName()).value();
    delete(() -> table(table.databaseName(), table.name()).with(column));
    return DeleteColumnStatisticsForTableResponse.builder().build();
  }

  DeleteColumnStatisticsForPartitionResponse delete(
      DeleteColumnStatisticsForPartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    String column = Check.name(request.columnName(), "columnName");
    Table table = held(request.databaseName(), request.tableName()).value();
    List<String> values = request.partitionValues();
    partitionKey(table, values);
    delete(() -> partition(table.databaseName(), table.name(), values).with(column));
    return DeleteColumnStatisticsForPartitionResponse.builder().build();
  }

  // Nothing is written, and so nothing waits for the disk, where there is nothing to delete.
  private void delete(Supplier<Key> key) {
    catalog.change(
        "Delete column statistics",
        () -> {
          boolean present = catalog.store().get(key.get()) != null;
          return present ? new Batch().delete(key.get()) : new Batch();
        });
  }

  private Key partitionKey(Table table, List<String> values) {
    Key key = new PartitionRecords(catalog, table.databaseName(), table.name()).key(values);
    if (catalog.store().get(key) == null) {
      throw GlueErrors.noPartition();
    }
    return key;
  }

  private Held<Table> held(String database, String table) {
    return new Tables(catalog)
        .held(Check.lowerName(database, "databaseName"), Check.lowerName(table, "tableName"));
  }
}
