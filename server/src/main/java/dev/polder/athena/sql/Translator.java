package dev.polder.athena.sql;

import dev.polder.athena.sql.QueryTranslator.Selected;
import dev.polder.athena.sql.Translation.Output;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Resolves a query against the catalogue and translates it.
public final class Translator {
  private Translator() {}

  /// Translates a query.
  ///
  /// @throws SqlFailure in Athena's words where it is wrong or not supported
  public static Translation query(Query query, Catalogue catalogue, Session session) {
    var build = new Build(catalogue, session);
    Selected made = new QueryTranslator(build).query(query, null);
    List<Output> columns = new ArrayList<>();
    for (int i = 0; i < made.fields().size(); i++) {
      Field f = made.fields().get(i);
      columns.add(new Output(f.name() == null ? "_col" + i : f.name(), f.type(), f.column()));
    }
    return new Translation(made.sql(), columns, build.scans());
  }

  /// Translates one expression without columns, as `SELECT expression` would.
  public static Translation expression(Expression expression, Session session) {
    var values = new Values(List.of(new Row(List.of(expression))));
    var query =
        new Query(
            List.of(), List.of(), Optional.empty(), values, Optional.empty(), Optional.empty(), Optional.empty());
    return query(query, new NoTables(), session);
  }

  private record NoTables() implements Catalogue {
    @Override
    public boolean hasDatabase(String database) {
      return false;
    }

    @Override
    public Optional<TableSource> table(String database, String name) {
      return Optional.empty();
    }
  }
}
