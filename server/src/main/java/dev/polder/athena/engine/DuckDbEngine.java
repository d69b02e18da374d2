package dev.polder.athena.engine;

import dev.polder.kernel.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBDriver;

/// Embedded DuckDB. Each session is a database of its own, in memory, so that nothing of one
/// statement can be seen, waited for or exhausted by another: its buffers have a limit, what does
/// not fit goes to a directory of its own, no extension is loaded, and once a statement is bound it
/// reaches no file but those of its tables.
public final class DuckDbEngine implements SqlEngine {
  private final Path temporary;
  private final EngineLimits limits;
  private final AtomicLong sessions = new AtomicLong();

  /// @param temporary a directory for what does not fit into memory; emptied now
  public DuckDbEngine(Path temporary, EngineLimits limits) {
    this.temporary = temporary;
    this.limits = limits;
    delete(temporary);
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Session open() {
    Path own = temporary.resolve(Long.toString(sessions.incrementAndGet()));
    var properties = new Properties();
    properties.setProperty("memory_limit", limits.memoryMegabytes() + "MB");
    properties.setProperty("threads", Integer.toString(limits.threads()));
    properties.setProperty("temp_directory", own.toString());
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("preserve_insertion_order", "false");
    properties.setProperty("jdbc_stream_results", "true");
    try {
      Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
      return new DuckDbSession(connection, own);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not open", e);
    }
  }

  @Override
  public void close() {
    delete(temporary);
  }

  static void delete(Path directory) {
    try {
      Folders.remove(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
