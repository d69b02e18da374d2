package dev.polder.athena.sql;

import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SingleColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands between `SELECT` and `FROM`, each `*` as the columns that it stands for.
final class SelectList {
  private final QueryTranslator queries;
  private final Scope scope;
  private final ExpressionTranslator in;
  private final String groupBy;
  private final List<Output> outputs = new ArrayList<>();

  /// @param scope of the rows
  /// @param in translates over the rows, or groups
  /// @param groupBy the text of the clause; empty for none
  SelectList(QueryTranslator queries, Scope scope, ExpressionTranslator in, String groupBy) {
    this.queries = queries;
    this.scope = scope;
    this.in = in;
    this.groupBy = groupBy;
  }

  /// A column of the result.
  ///
  /// @param sql its text over the rows (or groups)
  record Output(Field field, String sql) {}

  List<Output> of(List<SelectItem> items) {
    items.forEach(this::select);
    return List.copyOf(outputs);
  }

  private void select(SelectItem item) {
    switch (item) {
      case SingleColumn c -> {
        Typed value = in.of(c.getExpression());
        String name =
            c.getAlias().map(QueryTranslator::lower).orElseGet(() -> name(c.getExpression()));
        Field source = source(c.getExpression(), value);
        output(
            name,
            value,
            source == null ? null : source.origin(),
            source != null && source.faithful());
      }
      case AllColumns a -> all(a);
      default -> throw SqlFailure.unsupported(item, item.getClass().getSimpleName());
    }
  }

  private static @Nullable String name(Expression e) {
    return switch (e) {
      case Identifier i -> QueryTranslator.lower(i);
      case DereferenceExpression d -> d.getField().map(QueryTranslator::lower).orElse(null);
      default -> null;
    };
  }

  /// The field that an expression passes on as it is.
  private @Nullable Field source(Expression e, Typed value) {
    if (Trees.path(e).isEmpty()) {
      return null;
    }
    return scope.fields().stream()
        .filter(f -> f.column().equals(value.sql()))
        .findFirst()
        .orElse(null);
  }

  private void output(
      @Nullable String name, Typed value, Field.@Nullable Origin origin, boolean faithful) {
    String id = queries.build().column();
    String sql = value.isNull() ? Sql.cast(value.sql(), value.type()) : value.sql();
    outputs.add(
        new Output(
            new Field(null, null, name, value.type(), id, origin, origin != null && faithful),
            sql));
  }

  private void all(AllColumns a) {
    if (a.getTarget().isEmpty()) {
      if (scope.fields().isEmpty()) {
        throw SqlFailure.at(
            a, "COLUMN_NOT_FOUND", "SELECT * not allowed in queries without FROM clause");
      }
      fields(a, scope.fields());
      return;
    }
    Expression target = a.getTarget().get();
    List<String> path = Trees.path(target);
    List<Field> fields = path.isEmpty() ? List.of() : relation(path);
    if (!fields.isEmpty()) {
      fields(a, fields);
    } else {
      row(a, target, path);
    }
  }

  /// The fields of a relation in scope; empty for none of that name.
  private List<Field> relation(List<String> path) {
    for (Scope at = scope; at != null; at = at.outer()) {
      List<Field> fields = at.of(path);
      if (!fields.isEmpty()) {
        return fields;
      }
    }
    return List.of();
  }

  private void row(AllColumns a, Expression target, List<String> path) {
    Typed row;
    try {
      row = in.of(target);
    } catch (SqlFailure e) {
      throw path.isEmpty()
          ? e
          : SqlFailure.at(
              a, "TABLE_NOT_FOUND", "Unable to resolve reference " + String.join(".", path));
    }
    if (!(row.type() instanceof SqlType.Row r)) {
      throw SqlFailure.mismatch(a, "Expected type ROW but was " + row.type());
    }
    for (int i = 0; i < r.fields().size(); i++) {
      output(name(a, i, r.fields().get(i).name()), Rows.field(row, r, i), null, false);
    }
  }

  private static @Nullable String name(AllColumns a, int at, @Nullable String otherwise) {
    return a.getAliases().isEmpty() ? otherwise : QueryTranslator.lower(a.getAliases().get(at));
  }

  private void fields(AllColumns a, List<Field> fields) {
    if (!a.getAliases().isEmpty() && a.getAliases().size() != fields.size()) {
      throw SqlFailure.at(
          a,
          "MISMATCHED_COLUMN_ALIASES",
          "Column alias list has "
              + a.getAliases().size()
              + " entries but relation has "
              + fields.size()
              + " columns");
    }
    for (int i = 0; i < fields.size(); i++) {
      Field f = fields.get(i);
      if (in.isGrouped() && !groupBy.contains(f.column())) {
        throw SqlFailure.at(
            a, "EXPRESSION_NOT_AGGREGATE", "Column " + (i + 1) + " not in GROUP BY clause");
      }
      output(name(a, i, f.name()), f.value(), f.origin(), f.faithful());
    }
  }
}
