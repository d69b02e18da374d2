package dev.polder.examples.traffic.lander;

import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The events of one object in the making: a table in an embedded database of its own, written out
/// as Parquet.
final class LandingTable implements AutoCloseable {
  private static final String COLUMNS =
      Field.ALL.stream()
          .map(field -> field.key() + (field.isNumber() ? " INTEGER" : " VARCHAR"))
          .collect(Collectors.joining(", "));

  private final Connection database;
  private DuckDBAppender appender;
  private int rows;

  LandingTable() throws SQLException {
    this.database = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement sql = database.createStatement()) {
      sql.execute("SET threads = 1");
      sql.execute("SET memory_limit = '512MB'");
      sql.execute("SET preserve_insertion_order = true");
    }
    this.appender = open();
  }

  int rows() {
    return rows;
  }

  void add(Event event) throws SQLException {
    appender.beginRow();
    for (Field field : Field.ALL) {
      if (field.isNumber()) {
        appender.append(event.number(field));
      } else {
        appender.append(event.text(field));
      }
    }
    appender.endRow();
    rows++;
  }

  /// Writes the events to a file and forgets them.
  void writeTo(Path file) throws SQLException {
    appender.close();
    try (Statement sql = database.createStatement()) {
      sql.execute(
          "COPY events TO '"
              + file.toString().replace("'", "''")
              + "' (FORMAT parquet, COMPRESSION snappy)");
    }
    appender = open();
    rows = 0;
  }

  private DuckDBAppender open() throws SQLException {
    try (Statement sql = database.createStatement()) {
      sql.execute("CREATE OR REPLACE TABLE events (" + COLUMNS + ")");
    }
    return database
        .unwrap(DuckDBConnection.class)
        .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "events");
  }

  @Override
  public void close() throws SQLException {
    try {
      appender.close();
    } finally {
      database.close();
    }
  }
}
