package dev.polder.athena.sql;

import java.util.Optional;

/// Where tables are looked up while a statement is resolved. Names are lower-case.
public interface Catalogue {

  /// True if there is such a database.
  boolean hasDatabase(String database);

  /// A table or view, or empty if there is none.
  Optional<TableSource> table(String database, String name);
}
