package dev.polder.athena.engine;

import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableScan;
import dev.polder.athena.sql.Translation;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What runs translated statements.
public interface SqlEngine extends AutoCloseable {

  /// A place for one statement: its own memory, its own temporary files, nothing shared.
  Session open();

  @Override
  void close();

  /// One statement's place. Used by one thread, except for [#cancel()].
  interface Session extends AutoCloseable {

    /// The partitions that a scan's conditions leave.
    ///
    /// @throws SqlFailure `HIVE_INVALID_PARTITION_VALUE` if a value is none of its column's type
    BitSet prune(TableScan scan, List<PartitionValues> partitions);

    /// Reads the files' own schemas, checks them against the tables', and from then on confines the
    /// session to these files and the directory.
    ///
    /// @param writable where [#write] may write, or null
    /// @return the statement's text in the engine's own words
    /// @throws SqlFailure `HIVE_BAD_DATA` naming the file whose column has another type
    String bind(Translation translation, Map<TableScan, ScanInput> inputs, @Nullable Path writable);

    /// Runs a query and hands over its rows.
    ///
    /// @throws SqlFailure if it fails
    /// @throws Cancelled if [#cancel()] was called
    void rows(String bound, Translation translation, RowSink sink);

    /// Runs a query and writes its rows to new files.
    ///
    /// @throws SqlFailure if it fails
    /// @throws Cancelled if [#cancel()] was called
    List<Written> write(String bound, Translation translation, WriteTarget target);

    /// Stops what runs, now or later. May be called by any thread, and again.
    void cancel();

    @Override
    void close();
  }

  /// Takes the rows of a result.
  interface RowSink {
    /// A row in Athena's text form; null where the value is null.
    void row(@Nullable String[] values);
  }

  /// A file that was written.
  ///
  /// @param partition values of the partition columns; empty for a table without
  record Written(Path file, long rows, long bytes, PartitionValues partition) {}

  /// Where and how rows are written.
  ///
  /// @param columns names of the data columns, then the keys, in the order of the query's columns
  /// @param keys how many of them are partition columns
  /// @param prefix beginning of every file's name
  /// @param compression `snappy`, `gzip`, `zstd` or `none`, as far as the format has it
  record WriteTarget(
      Path directory,
      Format format,
      List<String> columns,
      List<SqlType> types,
      int keys,
      String prefix,
      String compression) {
    public WriteTarget {
      columns = List.copyOf(columns);
      types = List.copyOf(types);
    }
  }

  /// The statement was stopped.
  final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Cancelled() {
      super("The query was cancelled");
    }
  }
}
