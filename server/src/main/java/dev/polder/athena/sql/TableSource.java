package dev.polder.athena.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A table or view of the catalogue, as a statement sees it.
///
/// @param columns those that are in the files (of a view: all)
/// @param keys the partition columns, which come after the others
/// @param view present if it is a view
public record TableSource(
    String database, String name, List<Column> columns, List<Column> keys, Optional<View> view) {

  /// A column. Names are lower-case.
  public record Column(String name, SqlType type) {}

  /// A view's statement.
  ///
  /// @param sql a query in Trino's dialect
  /// @param database where its unqualified names are looked up
  public record View(String sql, String database) {}

  public TableSource {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }

  /// All columns in order.
  public List<Column> all() {
    return Stream.concat(columns.stream(), keys.stream()).toList();
  }
}
