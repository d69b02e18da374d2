package dev.polder.athena;

import dev.polder.athena.GlueCatalogue.StoredPartition;
import dev.polder.athena.engine.PartitionValues;
import dev.polder.athena.engine.ScanInput;
import dev.polder.athena.engine.ScanInput.SourceFile;
import dev.polder.athena.engine.SqlEngine;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.TableScan;
import dev.polder.kernel.Lake;
import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/// Finds the files that a statement reads: partitions from the catalogue, pruned by the statement's
/// conditions before a folder is listed.
final class TableReads {
  private final Scope scope;
  private final Lake lake;
  private final TableLocks locks;
  private final GlueCatalogue catalogue;

  TableReads(Scope scope, Lake lake, TableLocks locks, GlueCatalogue catalogue) {
    this.scope = scope;
    this.lake = lake;
    this.locks = locks;
    this.catalogue = catalogue;
  }

  Map<TableScan, ScanInput> inputs(List<TableScan> scans, SqlEngine.Session session) {
    Map<TableScan, ScanInput> inputs = new LinkedHashMap<>();
    for (TableScan scan : scans) {
      StoredTable table = catalogue.stored(scan.table().database(), scan.table().name());
      Lock lock = locks.reading(scope, table.source().database(), table.source().name());
      lock.lock();
      try {
        inputs.put(scan, table.isPartitioned() ? partitioned(table, scan, session) : whole(table));
      } finally {
        lock.unlock();
      }
    }
    return inputs;
  }

  private ScanInput whole(StoredTable table) {
    List<SourceFile> files = new ArrayList<>();
    files(table.location(), 0, files);
    return new ScanInput(table.format(), files, List.of(new PartitionValues(List.of())));
  }

  private ScanInput partitioned(StoredTable table, TableScan scan, SqlEngine.Session session) {
    List<StoredPartition> all = catalogue.partitions(table);
    BitSet kept = session.prune(scan, all.stream().map(StoredPartition::values).toList());
    List<SourceFile> files = new ArrayList<>();
    List<PartitionValues> values = new ArrayList<>();
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      StoredPartition p = all.get(i);
      GlueCatalogue.checkSchema(table, p);
      files(p.location(), values.size(), files);
      values.add(p.values());
    }
    return new ScanInput(table.format(), files, values);
  }

  private void files(S3Uri location, int partition, List<SourceFile> files) {
    if (!lake.hasBucket(location.bucket())) {
      throw new SqlFailure(
          "HIVE_FILESYSTEM_ERROR",
          "The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Bucket: "
              + location.bucket()
              + ")");
    }
    try (Stream<Lake.Entry> entries = lake.list(location.bucket(), location.key())) {
      entries
          .filter(e -> e.size() > 0 && !isHidden(e.key().substring(location.key().length())))
          .forEach(e ->
              files.add(
                  new SourceFile(
                      e.file(), "s3://" + e.bucket() + "/" + e.key(), e.size(), partition)));
    }
  }

  /// Hive does not see files and folders that begin with a dot or an underscore.
  static boolean isHidden(String below) {
    for (String part : below.split("/")) {
      if (part.startsWith("_") || part.startsWith(".")) {
        return true;
      }
    }
    return below.endsWith("/");
  }
}
