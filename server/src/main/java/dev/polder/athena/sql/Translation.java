package dev.polder.athena.sql;

import java.util.List;

/// A query in DuckDB's dialect.
///
/// @param sql a `SELECT` whose columns are, in order, `columns`; holds the tokens of `scans`
/// @param scans where tables are read
public record Translation(String sql, List<Output> columns, List<TableScan> scans) {
  public Translation {
    columns = List.copyOf(columns);
    scans = List.copyOf(scans);
  }

  /// A column of the result.
  ///
  /// @param name as Athena names it: `_col0` and so on where the query gives no name
  /// @param id its name in [Translation#sql()]
  public record Output(String name, SqlType type, String id) {}
}
