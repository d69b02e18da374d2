package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.glue.crawler.FoundTable;
import dev.polder.store.Batch;
import dev.polder.store.KeyRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/// Writes the tables that a crawl found, by the crawler's policies. Writing again what is there
/// changes nothing, so a crawl that was cut off may be run again.
///
/// @param begun when the crawl was started: what is younger and ours was made by this crawl
record TablePublisher(
    Catalog catalog, CrawlerSettings settings, CrawlerInputs inputs, Instant begun, CrawlLog log) {

  /// Makes or updates a table. Answers whether its partitions should follow.
  ///
  /// @param present the table at this location; null where there is none
  boolean publish(
      String database, String name, String location, FoundTable found, @Nullable Table present) {
    TableInput input = inputs.table(name, location, found);
    found.warnings().forEach(warning -> log.warn("Table " + name + ": " + warning));
    if (present == null) {
      new Tables(catalog).create(database, input, settings.createdBy(catalog.scope().account()));
      log.tablesCreated++;
      return true;
    }
    boolean ours = settings.name().equals(present.parameters().get(CrawlerInputs.UPDATED_BY));
    if (ours && !present.createTime().isBefore(begun)) {
      log.tablesCreated++;
    } else if (settings.updates() && update(database, name, input, found)) {
      log.tablesUpdated++;
    }
    Table now = new Tables(catalog).held(database, name).value();
    if (now.partitionKeys().size() != found.keys().size()) {
      log.warn(
          "Table %s was left as it is: it has %d partition keys where its folders give %d"
              .formatted(name, now.partitionKeys().size(), found.keys().size()));
      return false;
    }
    return !now.parameters().containsKey(CrawlerInputs.DEPRECATED_BY);
  }

  private boolean update(String database, String name, TableInput input, FoundTable found) {
    boolean[] changed = {false};
    catalog.change(
        "Update table",
        () -> {
          Held<Table> held = new Tables(catalog).held(database, name);
          TableInput before = Tables.input(held.value());
          boolean merges = settings.configuration().mergesColumns();
          TableInput after = merges ? merged(before, input, found) : replaced(before, input);
          changed[0] = !essence(before).equals(essence(after));
          if (!changed[0]) {
            return new Batch();
          }
          // New counts alone are no version worth keeping.
          boolean archive = !shape(before).equals(shape(after));
          Batch batch = new Tables(catalog).replaced(held, after, archive);
          return after.partitionKeys().size() == before.partitionKeys().size()
              ? batch
              : batch.deleteRange(KeyRange.prefix(catalog.key("partition", database, name)));
        });
    return changed[0];
  }

  /// The crawl's view in place of the table's. Keys that are as many keep their names and types:
  /// partitions are known by their values alone. A table with other keys is replaced, without its
  /// partitions, if a crawler made it; what people made by hand is left alone.
  private TableInput replaced(TableInput before, TableInput after) {
    if (before.partitionKeys().size() == after.partitionKeys().size()) {
      return after.toBuilder().partitionKeys(before.partitionKeys()).build();
    }
    boolean ours = settings.name().equals(before.parameters().get(CrawlerInputs.UPDATED_BY));
    return ours ? after : before;
  }

  private TableInput merged(TableInput before, TableInput crawled, FoundTable found) {
    String conflict = conflict(before, crawled);
    if (conflict != null) {
      log.warn(conflict);
      Map<String, String> parameters = new HashMap<>(before.parameters());
      parameters.putIfAbsent(
          CrawlerInputs.DEPRECATED_BY, Long.toString(inputs.now().toEpochMilli()));
      return before.toBuilder().parameters(parameters).build();
    }
    StorageDescriptor storage = before.storageDescriptor();
    if (storage == null) {
      return crawled;
    }
    List<Column> columns = ColumnMerge.merged(storage.columns(), found.schema());
    Map<String, String> parameters = overlaid(before.parameters(), crawled.parameters());
    Map<String, String> inner = overlaid(storage.parameters(), crawled.parameters());
    return before.toBuilder()
        .parameters(parameters)
        .lastAccessTime(inputs.now())
        .storageDescriptor(storage.toBuilder().columns(columns).parameters(inner).build())
        .build();
  }

  private static Map<String, String> overlaid(Map<String, String> old, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(old);
    all.remove(CrawlerInputs.DEPRECATED_BY);
    all.putAll(more);
    return all;
  }

  /// What keeps columns from being merged, in the words of the real service.
  private @Nullable String conflict(TableInput before, TableInput crawled) {
    for (String name : List.of("classification", "compressionType", "delimiter")) {
      String old = before.parameters().get(name);
      String now = crawled.parameters().get(name);
      boolean differs = now != null && !now.equals(old);
      if (differs) {
        return "Cannot merge new columns into the table "
            + before.name()
            + " as defined in the Data Catalog because the parameter '"
            + name
            + "' has changed. The existing value is '"
            + old
            + "', and the crawled value is '"
            + now
            + "'. Either remove the table or resolve the inconsistent parameter value.";
      }
    }
    return null;
  }

  /// A table without what differs from run to run.
  private static TableInput essence(TableInput input) {
    StorageDescriptor storage = Tables.complete(input.storageDescriptor());
    return input.toBuilder()
        .lastAccessTime(null)
        .parameters(withoutRun(input.parameters()))
        .storageDescriptor(
            storage == null
                ? null
                : storage.toBuilder().parameters(withoutRun(storage.parameters())).build())
        .build();
  }

  /// A table without what only counts.
  private static TableInput shape(TableInput input) {
    StorageDescriptor storage = Tables.complete(input.storageDescriptor());
    return input.toBuilder()
        .lastAccessTime(null)
        .parameters(Map.of())
        .storageDescriptor(
            storage == null ? null : storage.toBuilder().parameters(Map.of()).build())
        .build();
  }

  static Map<String, String> withoutRun(Map<String, String> parameters) {
    Map<String, String> rest = new HashMap<>(parameters);
    rest.remove(CrawlerInputs.RUN);
    return rest;
  }

  /// Treats a table whose data is gone as the crawler's delete behaviour says.
  void gone(Table table) {
    switch (settings.deletes()) {
      case DELETE_FROM_DATABASE -> {
        new Tables(catalog).delete(table.databaseName(), table.name());
        log.tablesDeleted++;
      }
      case DEPRECATE_IN_DATABASE -> deprecate(table);
      case LOG, UNKNOWN_TO_SDK_VERSION ->
          log.warn("Table " + table.name() + " was kept although its data is gone");
    }
  }

  private void deprecate(Table table) {
    boolean[] changed = {false};
    catalog.change(
        "Update table",
        () -> {
          Held<Table> held = new Tables(catalog).held(table.databaseName(), table.name());
          TableInput before = Tables.input(held.value());
          changed[0] = !before.parameters().containsKey(CrawlerInputs.DEPRECATED_BY);
          if (!changed[0]) {
            return new Batch();
          }
          Map<String, String> parameters = new HashMap<>(before.parameters());
          parameters.put(CrawlerInputs.DEPRECATED_BY, Long.toString(inputs.now().toEpochMilli()));
          return new Tables(catalog)
              .replaced(held, before.toBuilder().parameters(parameters).build(), true);
        });
    log.tablesDeleted += changed[0] ? 1 : 0;
  }
}
