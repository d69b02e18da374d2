package dev.polder.athena.sql;

import io.trino.sql.tree.Expression;
import java.time.Instant;
import java.util.List;

/// What surrounds a statement.
///
/// @param database where unqualified names are looked up
/// @param now the statement's `current_timestamp`
/// @param parameters values of the `?` in order
public record Session(String database, Instant now, List<Expression> parameters) {
  public Session {
    parameters = List.copyOf(parameters);
  }
}
