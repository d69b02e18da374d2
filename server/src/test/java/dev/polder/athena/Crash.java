package dev.polder.athena;

import dev.polder.athena.PublishIntent.NewPartition;
import dev.polder.athena.PublishIntent.StagedFile;
import dev.polder.store.Batch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Leaves the store and the disk as a process leaves them that ends at a chosen moment.
final class Crash {
  private Crash() {}

  /// Runs an INSERT, then sets the clock back: the query runs, its intent is written, and nothing
  /// of what it published is there yet.
  static String afterIntent(Warehouse w, String insert) throws Exception {
    var platform = w.platform().platform();
    List<String> before = w.keys("t/");
    List<String> known = w.lines("SHOW PARTITIONS t");
    String id = w.run(insert).queryExecutionId();
    Path stage = TableWriter.stage(platform, id);
    List<StagedFile> files = new ArrayList<>();
    for (String key : w.keys("t/")) {
      if (!before.contains(key)) {
        Path staged = stage.resolve("f" + files.size() + ".parquet");
        Files.copy(platform.lake().file("lake", key), staged);
        w.s3().deleteObject(r -> r.bucket("lake").key(key));
        files.add(new StagedFile(staged.toString(), "lake", key));
      }
    }
    List<NewPartition> partitions = new ArrayList<>();
    for (String line : w.lines("SHOW PARTITIONS t")) {
      if (!known.contains(line)) {
        String value = line.substring(line.indexOf('=') + 1);
        w.glue().deletePartition(r -> r.databaseName("db").tableName("t").partitionValues(value));
        partitions.add(new NewPartition(List.of(value), "s3://lake/t/" + line + "/"));
      }
    }
    var store = new QueryStore(platform);
    QueryRecord done = store.find(w.scope(), id).orElseThrow();
    var change = done.change();
    change.state = QueryState.RUNNING;
    change.publishing = true;
    change.completed = 0;
    QueryRecord open = change.done();
    var intent = new PublishIntent("db", "t", files, partitions, null);
    platform
        .store()
        .commit(
            new Batch()
                .put(PublishIntent.key(open.submission()), intent.bytes())
                .put(QueryStore.key(open.scope(), id), open.bytes())
                .put(QueryStore.open(open), new byte[0]));
    return id;
  }
}
