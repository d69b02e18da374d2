package dev.polder.athena;

import dev.polder.athena.PublishIntent.NewPartition;
import dev.polder.athena.PublishIntent.NewTable;
import dev.polder.athena.PublishIntent.StagedFile;
import dev.polder.athena.engine.PartitionValues;
import dev.polder.athena.engine.SqlEngine.Written;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.TableSource.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

/// Plans where written files go: into the locations of partitions that there are, and into new ones
/// below the table.
final class Writes {
  private static final int READ = 1000;

  private final GlueClient glue;
  private final StoredTable table;
  private final String queryId;

  Writes(GlueClient glue, StoredTable table, String queryId) {
    this.glue = glue;
    this.table = table;
    this.queryId = queryId;
  }

  /// @param create the table, where it is made by this statement
  PublishIntent plan(List<Written> written, @Nullable NewTable create) {
    List<PartitionValues> values = written.stream().map(Written::partition).distinct().toList();
    Map<PartitionValues, S3Uri> known =
        create == null && table.isPartitioned() ? known(values) : Map.of();
    List<NewPartition> added = new ArrayList<>();
    Map<PartitionValues, S3Uri> locations = new LinkedHashMap<>();
    for (PartitionValues v : values) {
      S3Uri at = known.get(v);
      if (at == null) {
        at = location(v);
        if (table.isPartitioned()) {
          added.add(new NewPartition(v.texts(), at.toString()));
        }
      }
      locations.put(v, at);
    }
    List<StagedFile> files = new ArrayList<>();
    for (Written w : written) {
      S3Uri to =
          locations.getOrDefault(w.partition(), table.location()).resolve(name(w, files.size()));
      files.add(new StagedFile(w.file().toString(), to.bucket(), to.key()));
    }
    return new PublishIntent(
        table.source().database(), table.source().name(), files, added, create);
  }

  private String name(Written w, int number) {
    String file = String.valueOf(w.file().getFileName());
    String extension = file.substring(file.indexOf('.'));
    return queryId + "_" + number + extension;
  }

  private S3Uri location(PartitionValues v) {
    List<Column> keys = table.source().keys();
    return keys.isEmpty()
        ? table.location()
        : table.location().resolve(PartitionNames.path(keys, v) + "/");
  }

  private Map<PartitionValues, S3Uri> known(List<PartitionValues> values) {
    Map<PartitionValues, S3Uri> known = new HashMap<>();
    for (int from = 0; from < values.size(); from += READ) {
      List<PartitionValueList> asked =
          values.subList(from, Math.min(values.size(), from + READ)).stream()
              .map(v -> PartitionValueList.builder().values(v.texts()).build())
              .toList();
      var answer =
          glue.batchGetPartition(r ->
              r.databaseName(table.source().database())
                  .tableName(table.source().name())
                  .partitionsToGet(asked));
      for (Partition p : answer.partitions()) {
        if (p.storageDescriptor() == null || p.storageDescriptor().location() == null) {
          throw new SqlFailure(
              "HIVE_INVALID_METADATA",
              "Partition location is missing: " + table.name() + " " + p.values());
        }
        known.put(
            new PartitionValues(p.values()),
            S3Uri.parse(p.storageDescriptor().location()).folder());
      }
    }
    return known;
  }
}
