package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// The rows of a Parquet file as objects, read a chunk at a time by an engine of their own with
/// little memory.
final class ParquetItems {
  private ParquetItems() {}

  /// Gives the rows in their order. False if the sink wants no more.
  static boolean each(Path file, String uri, Item.Sink sink) throws ReadFailure {
    var settings = new Properties();
    settings.setProperty("memory_limit", "256MB");
    settings.setProperty("threads", "1");
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("preserve_insertion_order", "true");
    String path = file.toString().replace("'", "''");
    String query = "SELECT CAST(to_json(r) AS VARCHAR) FROM read_parquet('" + path + "') AS r";
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:", settings);
        Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        if (!sink.take(new Item(Json.parse(rows.getString(1)), null, uri))) {
          return false;
        }
      }
      return true;
    } catch (SQLException e) {
      throw new ReadFailure("The Parquet file cannot be read: " + e.getMessage());
    }
  }
}
