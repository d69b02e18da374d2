package dev.polder.athena;

import dev.polder.athena.DdlRunner.Result;
import dev.polder.athena.PublishIntent.NewPartition;
import dev.polder.athena.engine.PartitionValues;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.kernel.Lake;
import dev.polder.kernel.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `MSCK REPAIR TABLE`: registers the Hive-style folders below a table that hold files and are not
/// in the catalogue. Removes nothing, as in Athena.
final class PartitionRepair {
  private final Platform platform;
  private final QuerySubmission query;
  private final GlueCatalogue catalogue;
  private final TableLocks locks;

  PartitionRepair(
      Platform platform, QuerySubmission query, GlueCatalogue catalogue, TableLocks locks) {
    this.platform = platform;
    this.query = query;
    this.catalogue = catalogue;
    this.locks = locks;
  }

  Result run(String database, String name) {
    if (catalogue.raw(database, name).isEmpty()) {
      throw DdlRunner.semantic("[Error 10001]: Table not found " + database + "." + name);
    }
    StoredTable table = catalogue.stored(database, name);
    if (!table.isPartitioned()) {
      return Result.nothing();
    }
    Set<PartitionValues> known = new HashSet<>();
    catalogue.partitions(table).forEach(p -> known.add(p.values()));
    List<String> folders = new ArrayList<>();
    walk(platform.lake(), table.location(), "", table.source().keys().size(), folders);
    List<Column> keys = table.source().keys();
    List<NewPartition> missing = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String folder : folders) {
      Optional<PartitionValues> values = PartitionNames.parse(keys, folder);
      if (values.isPresent() && known.add(values.get())) {
        missing.add(
            new NewPartition(values.get().texts(), table.location().resolve(folder).toString()));
        names.add(name + ":" + folder.substring(0, folder.length() - 1));
      }
    }
    new Publisher(platform.lake(), locks)
        .publish(
            query.scope(),
            catalogue.glue(),
            new PublishIntent(database, name, List.of(), missing, null));
    return answer(names);
  }

  private static Result answer(List<String> names) {
    if (names.isEmpty()) {
      return Result.nothing();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Partitions not in metastore:\t" + String.join("\t", names));
    names.forEach(n -> lines.add("Repair: Added partition to metastore " + n));
    return new Result(List.of(ResultColumn.text("result")), lines);
  }

  private static void walk(Lake lake, S3Uri root, String below, int depth, List<String> found) {
    if (depth == 0) {
      found.add(below);
      return;
    }
    for (String folder : lake.folders(root.bucket(), root.key() + below)) {
      if (folder.indexOf('=') > 0) {
        walk(lake, root, below + folder, depth - 1, found);
      }
    }
  }
}
