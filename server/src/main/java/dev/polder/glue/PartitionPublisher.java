package dev.polder.glue;

import dev.polder.glue.crawler.FoundTable;
import dev.polder.glue.crawler.FoundTable.FoundPartition;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/// Writes the partitions that a crawl found, some hundred to a commit. Writing again what is there
/// changes nothing.
///
/// @param begun when the crawl was started: what is younger and ours was made by this crawl
/// @param checkStop throws where the crawl should stop; asked between commits
record PartitionPublisher(
    Catalog catalog,
    CrawlerSettings settings,
    CrawlerInputs inputs,
    Instant begun,
    CrawlLog log,
    Runnable checkStop) {
  private static final int BATCH = 250;

  /// What one commit changed.
  private static final class Tally {
    long created;
    long updated;
    final List<String> warnings = new ArrayList<>();
  }

  /// Makes or updates partitions of a table.
  ///
  /// @param root the location of the include path, to which keys are relative
  void publish(String database, String table, S3Location root, List<FoundPartition> partitions) {
    Set<List<String>> seen = new HashSet<>();
    List<FoundPartition> batch = new ArrayList<>(BATCH);
    for (FoundPartition partition : partitions) {
      if (!seen.add(partition.values())) {
        log.warn(
            partition.content().key()
                + " was skipped: another folder has the partition values "
                + partition.values());
        continue;
      }
      batch.add(partition);
      if (batch.size() == BATCH) {
        commit(database, table, root, batch);
        batch.clear();
      }
    }
    commit(database, table, root, batch);
  }

  private void commit(
      String database, String table, S3Location root, List<FoundPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    checkStop.run();
    Tally[] last = {new Tally()};
    catalog.change(
        "Create partitions",
        () -> {
          var tally = new Tally();
          last[0] = tally;
          var draft = new PartitionChanges(catalog).new Draft(database, table);
          for (FoundPartition partition : partitions) {
            try {
              put(draft, root, partition, tally);
            } catch (GlueException e) {
              tally.warnings.add(
                  partition.content().key()
                      + " was skipped: "
                      + e.awsErrorDetails().errorMessage());
            }
          }
          return draft.batch;
        });
    log.partitionsCreated += last[0].created;
    log.partitionsUpdated += last[0].updated;
    last[0].warnings.forEach(log::warn);
  }

  private void put(
      PartitionChanges.Draft draft, S3Location root, FoundPartition found, Tally tally) {
    String location = root.resolve(found.content().key()).toString();
    PartitionInput input = inputs.partition(location, found);
    if (settings.configuration().inheritsFromTable()) {
      input = inherited(input, draft.table());
    }
    Partition present = draft.present(found.values());
    if (present == null) {
      draft.create(input);
      tally.created++;
      return;
    }
    boolean ours = settings.name().equals(present.parameters().get(CrawlerInputs.UPDATED_BY));
    if (ours && !present.creationTime().isBefore(begun)) {
      tally.created++;
    } else if (settings.updates() && differs(present, input)) {
      draft.update(found.values(), input);
      tally.updated++;
    }
  }

  private static PartitionInput inherited(PartitionInput input, Table table) {
    StorageDescriptor of = table.storageDescriptor();
    if (of == null) {
      return input;
    }
    return input.toBuilder()
        .storageDescriptor(
            input.storageDescriptor().toBuilder()
                .columns(of.columns())
                .serdeInfo(of.serdeInfo())
                .inputFormat(of.inputFormat())
                .outputFormat(of.outputFormat())
                .build())
        .build();
  }

  private static boolean differs(Partition present, PartitionInput input) {
    boolean parameters =
        TablePublisher.withoutRun(present.parameters())
            .equals(TablePublisher.withoutRun(input.parameters()));
    return !parameters
        || !essence(present.storageDescriptor()).equals(essence(input.storageDescriptor()));
  }

  private static StorageDescriptor essence(StorageDescriptor storage) {
    StorageDescriptor complete = Tables.complete(storage);
    if (complete == null) {
      return StorageDescriptor.builder().build();
    }
    return complete.toBuilder()
        .parameters(TablePublisher.withoutRun(complete.parameters()))
        .build();
  }

  /// Treats the partitions whose data is gone as the crawler's delete behaviour says.
  ///
  /// @param hasData answers whether a location still has files
  void gone(String database, String table, FoundTable found, Predicate<String> hasData) {
    Set<List<String>> values = new HashSet<>();
    found.partitions().forEach(partition -> values.add(partition.values()));
    var records = new PartitionRecords(catalog, database, table);
    List<Partition> gone = new ArrayList<>();
    try (Scan scan = catalog.store().scan(KeyRange.prefix(records.prefix()))) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        List<String> each = PartitionRecords.values(entry.key());
        if (!values.contains(each)) {
          Partition partition = records.readWithoutColumns(each, entry.value());
          StorageDescriptor storage = partition.storageDescriptor();
          if (storage != null && storage.location() != null && !hasData.test(storage.location())) {
            gone.add(partition);
          }
        }
      }
    }
    for (int i = 0; i < gone.size(); i += BATCH) {
      checkStop.run();
      remove(database, table, gone.subList(i, Math.min(gone.size(), i + BATCH)));
    }
  }

  private void remove(String database, String table, List<Partition> gone) {
    long[] count = {0};
    catalog.change(
        "Delete partitions",
        () -> {
          count[0] = 0;
          var draft = new PartitionChanges(catalog).new Draft(database, table);
          for (Partition partition : gone) {
            count[0] += remove(draft, partition.values()) ? 1 : 0;
          }
          return draft.batch;
        });
    log.partitionsDeleted += count[0];
  }

  private boolean remove(PartitionChanges.Draft draft, List<String> values) {
    Partition present = draft.present(values);
    if (present == null) {
      return false;
    }
    return switch (settings.deletes()) {
      case DELETE_FROM_DATABASE -> {
        draft.delete(values);
        yield true;
      }
      case DEPRECATE_IN_DATABASE -> {
        if (present.parameters().containsKey(CrawlerInputs.DEPRECATED_BY)) {
          yield false;
        }
        Map<String, String> parameters = new HashMap<>(present.parameters());
        parameters.put(CrawlerInputs.DEPRECATED_BY, Long.toString(inputs.now().toEpochMilli()));
        draft.update(
            values,
            Documents.shape(Documents.map(present), PartitionInput.builder(), PartitionInput.class)
                .toBuilder()
                .parameters(parameters)
                .build());
        yield true;
      }
      case LOG, UNKNOWN_TO_SDK_VERSION -> false;
    };
  }
}
