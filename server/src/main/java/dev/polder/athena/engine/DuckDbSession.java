package dev.polder.athena.engine;

import dev.polder.athena.engine.ScanInput.SourceFile;
import dev.polder.athena.engine.SqlEngine.Cancelled;
import dev.polder.athena.engine.SqlEngine.RowSink;
import dev.polder.athena.engine.SqlEngine.Session;
import dev.polder.athena.engine.SqlEngine.WriteTarget;
import dev.polder.athena.engine.SqlEngine.Written;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableScan;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.athena.sql.Translation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// One statement in a DuckDB of its own.
final class DuckDbSession implements Session {
  private final Connection connection;
  private final Path temporary;
  private final Map<String, String> names = new HashMap<>();
  private @Nullable PreparedStatement running;
  private final Set<String> known = new HashSet<>();
  private boolean confined;
  private boolean cancelled;

  DuckDbSession(Connection connection, Path temporary) {
    this.connection = connection;
    this.temporary = temporary;
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T engine(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      if (isCancelled()) {
        throw new Cancelled();
      }
      throw ErrorTexts.of(String.valueOf(e.getMessage()), names);
    }
  }

  @Override
  public BitSet prune(TableScan scan, List<PartitionValues> partitions) {
    BitSet kept = new BitSet(partitions.size());
    if (scan.conditions().isEmpty()) {
      kept.set(0, partitions.size());
      return kept;
    }
    return engine(() -> {
      fill(scan, partitions);
      String all =
          scan.conditions().stream().map(c -> "(" + c + ")").collect(Collectors.joining(" AND "));
      functions(all);
      try (PreparedStatement s =
              connection.prepareStatement("SELECT i_ FROM partitions_ WHERE " + all);
          ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          kept.set(rows.getInt(1));
        }
      }
      execute("DROP TABLE partitions_");
      return kept;
    });
  }

  /// A table of the partitions, one column for each key under the scan's name for it.
  private void fill(TableScan scan, List<PartitionValues> partitions) throws SQLException {
    List<Column> keys = scan.table().keys();
    fillTexts(keys.size(), partitions);
    int data = scan.table().columns().size();
    List<String> casts = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      casts.add("CAST(t" + k + "_ AS " + keys.get(k).type().duck() + ") AS " + scan.id(data + k));
    }
    try {
      execute(
          "CREATE TEMP TABLE partitions_ AS SELECT i_, "
              + String.join(", ", casts)
              + " FROM texts_");
    } catch (SQLException e) {
      throw new SqlFailure(
          "HIVE_INVALID_PARTITION_VALUE",
          "Invalid partition value of table "
              + scan.table().database()
              + "."
              + scan.table().name()
              + ": "
              + ErrorTexts.of(String.valueOf(e.getMessage()), names).getMessage());
    }
    execute("DROP TABLE texts_");
  }

  /// A table of the partitions' values as the catalogue has them.
  private void fillTexts(int keys, List<PartitionValues> partitions) throws SQLException {
    String texts =
        IntStream.range(0, keys)
            .mapToObj(k -> ", t" + k + "_ VARCHAR")
            .collect(Collectors.joining());
    execute("CREATE TEMP TABLE texts_ (i_ INTEGER" + texts + ")");
    try (var appender = ((DuckDBConnection) connection).createAppender("temp", "main", "texts_")) {
      for (int i = 0; i < partitions.size(); i++) {
        appendRow(appender, i, partitions.get(i).texts());
      }
    }
  }

  private static void appendRow(DuckDBAppender appender, int i, List<String> texts)
      throws SQLException {
    appender.beginRow();
    appender.append(i);
    for (String text : texts) {
      if (text.equals(PartitionValues.NULL)) {
        appender.appendNull();
      } else {
        appender.append(text);
      }
    }
    appender.endRow();
  }

  @Override
  public String bind(
      Translation translation, Map<TableScan, ScanInput> inputs, @Nullable Path writable) {
    inputs.values().forEach(i -> i.files().forEach(f -> names.put(f.path().toString(), f.uri())));
    return engine(() -> {
      confine(inputs, writable);
      String sql = translation.sql();
      for (TableScan scan : translation.scans()) {
        ScanInput input = inputs.get(scan);
        if (input == null) {
          throw new IllegalArgumentException("No files were given for " + scan.table().name());
        }
        sql = sql.replace(scan.token(), new ScanSql(connection, scan, input).relation());
      }
      functions(sql);
      return sql;
    });
  }

  private void confine(Map<TableScan, ScanInput> inputs, @Nullable Path writable)
      throws SQLException {
    if (confined && inputs.isEmpty() && writable == null) {
      return;
    }
    confined = true;
    Set<String> directories = new LinkedHashSet<>();
    for (ScanInput input : inputs.values()) {
      for (SourceFile f : input.files()) {
        Path parent = f.path().getParent();
        if (parent != null) {
          directories.add(parent.toString());
        }
      }
    }
    if (writable != null) {
      directories.add(writable.toString());
      names.put(writable.toString(), "the staged files");
      execute("SET allowed_paths = [" + ScanSql.literal(writable.toString()) + "]");
    }
    String list =
        directories.stream().map(ScanSql::literal).collect(Collectors.joining(", ", "[", "]"));
    execute("SET allowed_directories = " + list);
    execute("SET enable_external_access = false");
    execute("SET lock_configuration = true");
  }

  private void functions(String sql) throws SQLException {
    for (String macro : Macros.needed(sql)) {
      execute("CREATE OR REPLACE" + macro.substring("CREATE".length()));
    }
    JavaFunctions.register(connection, sql, known);
  }

  private void execute(String sql) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute(sql);
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement made = connection.prepareStatement(sql);
    synchronized (this) {
      if (cancelled) {
        made.close();
        throw new Cancelled();
      }
      running = made;
    }
    return made;
  }

  private synchronized void finish() {
    running = null;
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void rows(String bound, Translation translation, RowSink sink) {
    engine(() -> {
      try (PreparedStatement s = prepare(bound)) {
        try (ResultSet rows = s.executeQuery()) {
          hand(rows, translation, sink);
        } finally {
          finish();
        }
        return true;
      }
    });
  }

  private void hand(ResultSet rows, Translation translation, RowSink sink) throws SQLException {
    List<SqlType> types = translation.columns().stream().map(Translation.Output::type).toList();
    while (rows.next()) {
      if (isCancelled()) {
        throw new Cancelled();
      }
      @Nullable String[] values = new @Nullable String[types.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = ResultText.of(rows.getObject(i + 1), types.get(i));
      }
      sink.row(values);
    }
  }

  @Override
  public List<Written> write(String bound, Translation translation, WriteTarget target) {
    return engine(() -> {
      try (PreparedStatement s = prepare(CopySql.of(bound, translation, target))) {
        try (ResultSet rows = s.executeQuery()) {
          return CopySql.written(rows, target);
        } finally {
          finish();
        }
      }
    });
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    try {
      if (running != null) {
        running.cancel();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not cancel", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close", e);
    } finally {
      DuckDbEngine.delete(temporary);
    }
  }
}
