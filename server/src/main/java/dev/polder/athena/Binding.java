package dev.polder.athena;

import dev.polder.athena.engine.ScanInput;
import dev.polder.athena.engine.SqlEngine;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.TableScan;
import dev.polder.athena.sql.Translation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts the files that a translated statement reads into its text, for an open session.
record Binding(
    StatementRunner.Services services,
    QuerySubmission query,
    RunningQuery running,
    GlueCatalogue catalogue) {

  /// A statement with its files.
  ///
  /// @param edit what is known of the query by then
  record Bound(String sql, Consumer<QueryRecord.Change> edit) {}

  /// @param writable the only folder that the statement may write to; null for none
  /// @throws SqlEngine.Cancelled if the query was stopped
  /// @throws SqlFailure if it would read more than its work group lets it
  Bound bind(SqlEngine.Session open, Translation translation, @Nullable Path writable) {
    var reads =
        new TableReads(query.scope(), services.platform().lake(), services.locks(), catalogue);
    Map<TableScan, ScanInput> inputs = reads.inputs(translation.scans(), open);
    long bytes = inputs.values().stream().mapToLong(ScanInput::bytes).sum();
    checkCutoff(bytes);
    running.check();
    String sql = open.bind(translation, inputs, writable);
    long planned = services.platform().time().instant().toEpochMilli();
    return new Bound(
        sql,
        c -> {
          c.planned = planned;
          c.bytesScanned = bytes;
        });
  }

  private void checkCutoff(long bytes) {
    Optional<Long> cutoff = services.workGroups().bytesCutoff(query.scope(), query.workGroup());
    if (cutoff.isPresent() && bytes > cutoff.get()) {
      throw new SqlFailure("BYTES_CUTOFF", "Query cancelled! : Bytes scanned limit was exceeded");
    }
  }
}
