package dev.polder.athena.sql;

import dev.polder.athena.sql.QueryTranslator.Selected;
import dev.polder.athena.sql.TableSource.Column;
import dev.polder.athena.sql.Translation.Output;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Insert;
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
    var build = new Build(catalogue, Parameters.numbered(query, session));
    Selected made = new QueryTranslator(build).query(query, null);
    List<Output> columns = new ArrayList<>();
    for (int i = 0; i < made.fields().size(); i++) {
      Field f = made.fields().get(i);
      columns.add(new Output(f.name() == null ? "_col" + i : f.name(), f.type(), f.column()));
    }
    return new Translation(made.sql(), columns, build.scans());
  }

  /// Translates a query whose rows go into a table: one column for each of the table's, in its
  /// order and of its types.
  ///
  /// @throws SqlFailure `TYPE_MISMATCH` and others, where the rows do not fit
  public static Translation into(
      Insert insert, Catalogue catalogue, Session session, TableSource table) {
    var build = new Build(catalogue, Parameters.numbered(insert, session));
    Selected made = new QueryTranslator(build).query(insert.getQuery(), null);
    List<Column> all = table.all();
    List<String> named =
        insert
            .getColumns()
            .map(l -> l.stream().map(QueryTranslator::lower).toList())
            .orElseGet(() -> all.stream().map(Column::name).toList());
    check(insert, table, named);
    List<SqlType> given = made.fields().stream().map(Field::type).toList();
    List<String> items = new ArrayList<>();
    List<Output> outputs = new ArrayList<>();
    if (given.size() != named.size()) {
      throw mismatch(insert, table, named, given);
    }
    for (Column c : all) {
      int at = named.indexOf(c.name());
      Typed value = at < 0 ? Typed.nothing() : made.fields().get(at).value();
      if (!Coercions.can(value.type(), c.type()) && !narrower(value.type(), c.type())) {
        throw mismatch(insert, table, named, given);
      }
      String id = build.column();
      items.add(Casts.coerce(insert, value, c.type()).sql() + " AS " + id);
      outputs.add(new Output(c.name(), c.type(), id));
    }
    String sql =
        "SELECT " + String.join(", ", items) + " FROM (" + made.sql() + ") AS " + build.relation();
    return new Translation(sql, outputs, build.scans());
  }

  /// Trino lets text of any length and finer timestamps be stored.
  private static boolean narrower(SqlType from, SqlType to) {
    return from.isText() && to.isText()
        || from instanceof SqlType.Timestamp && to instanceof SqlType.Timestamp;
  }

  private static void check(Insert insert, TableSource table, List<String> named) {
    for (String name : named) {
      if (table.all().stream().noneMatch(c -> c.name().equals(name))) {
        throw SqlFailure.at(
            insert,
            "COLUMN_NOT_FOUND",
            "Insert column name does not exist in target table: " + name);
      }
      if (named.indexOf(name) != named.lastIndexOf(name)) {
        throw SqlFailure.at(
            insert,
            "DUPLICATE_COLUMN_NAME",
            "Insert column name is specified more than once: " + name);
      }
    }
  }

  private static SqlFailure mismatch(
      Insert insert, TableSource table, List<String> named, List<SqlType> given) {
    List<SqlType> wanted =
        table.all().stream().filter(c -> named.contains(c.name())).map(Column::type).toList();
    return SqlFailure.mismatch(
        insert, "Insert query has mismatched column types: Table: " + wanted + ", Query: " + given);
  }

  /// Translates one expression without columns, as `SELECT expression` would.
  public static Translation expression(Expression expression, Session session) {
    var values = new Values(List.of(new Row(List.of(expression))));
    var query =
        new Query(
            List.of(),
            List.of(),
            Optional.empty(),
            values,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
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
