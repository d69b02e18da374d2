package dev.polder.athena.sql;

import org.jspecify.annotations.Nullable;

/// A table's name in a statement, lower-case.
///
/// @param database null where the statement's own database is meant
public record TableName(@Nullable String database, String name) {

  /// The database meant.
  public String databaseOr(String otherwise) {
    return database == null ? otherwise : database;
  }
}
