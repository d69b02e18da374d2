package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.QueryTranslator.Selected;
import dev.polder.athena.sql.RelationTranslator.Rel;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.AutoGroupBy;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.GroupingSets;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SimpleGroupBy;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.WindowDefinition;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One `SELECT ... FROM ... WHERE ... GROUP BY ... HAVING ... ORDER BY ... LIMIT`.
final class SpecificationTranslator {
  private final QueryTranslator queries;
  private final QuerySpecification s;
  private final @Nullable Scope outer;
  private final List<Output> outputs = new ArrayList<>();
  private String from = "";
  private String groupBy = "";
  private boolean grouped;

  /// A column of the result.
  ///
  /// @param sql its text over the rows (or groups)
  private record Output(Field field, String sql) {}

  SpecificationTranslator(QueryTranslator queries, QuerySpecification s, @Nullable Scope outer) {
    this.queries = queries;
    this.s = s;
    this.outer = outer;
  }

  Selected translate() {
    Rel rel =
        s.getFrom()
            .map(f -> new RelationTranslator(queries, outer).of(f))
            .orElseGet(() -> new Rel("", List.of()));
    var scope = new Scope(rel.fields(), outer);
    var rows = new ExpressionTranslator(queries, scope, Place.ROW);
    String where = where(rows, scope);
    from = (rel.sql().isEmpty() ? "" : " FROM " + rel.sql()) + where;
    grouped = isGrouped();
    ExpressionTranslator select = rows.in(Place.SELECT).windows(windows());
    if (grouped) {
      select = select.grouped(grouping(rows));
    }
    for (SelectItem item : s.getSelect().getSelectItems()) {
      select(item, select, scope);
    }
    String having = having(select);
    return finished(select, having);
  }

  private String where(ExpressionTranslator rows, Scope scope) {
    if (s.getWhere().isEmpty()) {
      return "";
    }
    Expression condition = s.getWhere().get();
    String text = " WHERE " + rows.condition(condition, "WHERE clause");
    new Pruning(queries, condition).over(scope);
    return text;
  }

  private String having(ExpressionTranslator select) {
    return s.getHaving()
        .map(h -> " HAVING " + select.in(Place.GROUP).condition(h, "HAVING clause"))
        .orElse("");
  }

  private boolean isGrouped() {
    return s.getGroupBy().isPresent()
        || s.getHaving().isPresent()
        || s.getSelect().getSelectItems().stream().anyMatch(FunctionTranslator::hasAggregate)
        || s.getOrderBy().isPresent() && FunctionTranslator.hasAggregate(s.getOrderBy().get());
  }

  private Map<String, WindowSpecification> windows() {
    Map<String, WindowSpecification> named = new HashMap<>();
    for (WindowDefinition w : s.getWindows()) {
      named.put(QueryTranslator.lower(w.getName()), w.getWindow());
    }
    return named;
  }

  // Grouping.

  private Grouping grouping(ExpressionTranslator rows) {
    Map<String, Typed> keys = new LinkedHashMap<>();
    Map<String, String> computed = new LinkedHashMap<>();
    List<String> elements = new ArrayList<>();
    if (s.getGroupBy().isPresent()) {
      GroupBy by = s.getGroupBy().get();
      if (by.isDistinct()) {
        throw SqlFailure.unsupported(by, "GROUP BY DISTINCT");
      }
      for (GroupingElement e : by.getGroupingElements()) {
        elements.add(element(e, rows, keys, computed));
      }
    }
    if (!computed.isEmpty()) {
      String extra =
          computed.entrySet().stream()
              .map(e -> e.getKey() + " AS " + e.getValue())
              .collect(Collectors.joining(", "));
      String all = s.getFrom().isPresent() ? "*, " : "";
      from = " FROM (SELECT " + all + extra + from + ") AS " + queries.build().relation();
    }
    groupBy = elements.isEmpty() ? "" : " GROUP BY " + String.join(", ", elements);
    return new Grouping(keys, keys.values().stream().map(Typed::sql).toList());
  }

  private String element(
      GroupingElement e,
      ExpressionTranslator rows,
      Map<String, Typed> keys,
      Map<String, String> computed) {
    return switch (e) {
      case SimpleGroupBy g when g.getExpressions().size() == 1 ->
          key(g.getExpressions().getFirst(), rows, keys, computed);
      case SimpleGroupBy g -> "(" + set(g.getExpressions(), rows, keys, computed) + ")";
      case GroupingSets g -> {
        String kind =
            switch (g.getType()) {
              case EXPLICIT -> "GROUPING SETS";
              case CUBE -> "CUBE";
              case ROLLUP -> "ROLLUP";
            };
        yield g.getSets().stream()
            .map(set -> "(" + set(set, rows, keys, computed) + ")")
            .collect(Collectors.joining(", ", kind + " (", ")"));
      }
      case AutoGroupBy a -> auto(a, rows, keys, computed);
      default -> throw SqlFailure.unsupported(e, e.getClass().getSimpleName());
    };
  }

  private String auto(
      AutoGroupBy a,
      ExpressionTranslator rows,
      Map<String, Typed> keys,
      Map<String, String> computed) {
    List<String> all = new ArrayList<>();
    for (SelectItem item : s.getSelect().getSelectItems()) {
      if (!(item instanceof SingleColumn c)) {
        throw SqlFailure.unsupported(a, "GROUP BY AUTO with *");
      }
      if (!FunctionTranslator.hasAggregate(c.getExpression())) {
        all.add(key(c.getExpression(), rows, keys, computed));
      }
    }
    return all.isEmpty() ? "()" : String.join(", ", all);
  }

  private String set(
      List<Expression> set,
      ExpressionTranslator rows,
      Map<String, Typed> keys,
      Map<String, String> computed) {
    return set.stream().map(x -> key(x, rows, keys, computed)).collect(Collectors.joining(", "));
  }

  /// A grouping key: a column as it is, anything else computed before grouping under a name.
  private String key(
      Expression e,
      ExpressionTranslator rows,
      Map<String, Typed> keys,
      Map<String, String> computed) {
    Expression meant = e instanceof LongLiteral l ? selected(l) : e;
    if (FunctionTranslator.hasAggregate(meant)) {
      throw SqlFailure.at(
          e,
          "EXPRESSION_NOT_SCALAR",
          "GROUP BY clause cannot contain aggregations, window functions or grouping operations: ["
              + meant
              + "]");
    }
    Typed value = rows.of(meant);
    if (value.type() instanceof SqlType.Map) {
      throw SqlFailure.mismatch(
          e, value.type() + " is not comparable, and therefore cannot be used in GROUP BY");
    }
    Typed known = keys.get(value.sql());
    if (known != null) {
      return known.sql();
    }
    if (value.sql().matches("c\\d+")) {
      keys.put(value.sql(), value);
      return value.sql();
    }
    String name = queries.build().column();
    computed.put(Sql.cast(value.sql(), value.type()), name);
    keys.put(value.sql(), new Typed(name, value.type()));
    return name;
  }

  private Expression selected(LongLiteral l) {
    int at = QueryTranslator.ordinal(l, s.getSelect().getSelectItems().size(), "GROUP BY");
    if (s.getSelect().getSelectItems().get(at) instanceof SingleColumn c) {
      return c.getExpression();
    }
    throw SqlFailure.unsupported(l, "GROUP BY of a position in a list with *");
  }

  // The select list.

  private void select(SelectItem item, ExpressionTranslator in, Scope scope) {
    switch (item) {
      case SingleColumn c -> {
        Typed value = in.of(c.getExpression());
        String name =
            c.getAlias().map(QueryTranslator::lower).orElseGet(() -> name(c.getExpression()));
        Field source = source(c.getExpression(), value, scope);
        output(
            name,
            value,
            source == null ? null : source.origin(),
            source != null && source.faithful());
      }
      case AllColumns a -> all(a, in, scope);
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
  private static @Nullable Field source(Expression e, Typed value, Scope scope) {
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

  private void all(AllColumns a, ExpressionTranslator in, Scope scope) {
    if (a.getTarget().isEmpty()) {
      if (scope.fields().isEmpty()) {
        throw SqlFailure.at(
            a, "COLUMN_NOT_FOUND", "SELECT * not allowed in queries without FROM clause");
      }
      fields(a, scope.fields(), in);
      return;
    }
    Expression target = a.getTarget().get();
    List<String> path = Trees.path(target);
    List<Field> fields = path.isEmpty() ? List.of() : of(scope, path);
    if (!fields.isEmpty()) {
      fields(a, fields, in);
      return;
    }
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
      String alias =
          a.getAliases().isEmpty()
              ? r.fields().get(i).name()
              : QueryTranslator.lower(a.getAliases().get(i));
      output(alias, Rows.field(row, r, i), null, false);
    }
  }

  private static List<Field> of(Scope scope, List<String> relation) {
    for (Scope at = scope; at != null; at = at.outer()) {
      List<Field> fields = at.of(relation);
      if (!fields.isEmpty()) {
        return fields;
      }
    }
    return List.of();
  }

  private void fields(AllColumns a, List<Field> fields, ExpressionTranslator in) {
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
      String name =
          a.getAliases().isEmpty() ? f.name() : QueryTranslator.lower(a.getAliases().get(i));
      Typed value = f.value();
      if (in.isGrouped() && !groupBy.contains(f.column())) {
        throw SqlFailure.at(
            a, "EXPRESSION_NOT_AGGREGATE", "Column " + (i + 1) + " not in GROUP BY clause");
      }
      output(name, value, f.origin(), f.faithful());
    }
  }

  // The end: DISTINCT, ORDER BY, LIMIT.

  private Selected finished(ExpressionTranslator in, String having) {
    List<String> keys = new ArrayList<>();
    Map<String, String> hidden = new LinkedHashMap<>();
    s.getOrderBy().ifPresent(o -> o.getSortItems().forEach(i -> keys.add(sort(i, in, hidden))));
    boolean distinct = s.getSelect().isDistinct();
    if (distinct && !hidden.isEmpty()) {
      throw SqlFailure.at(
          s.getOrderBy().orElseThrow(),
          "EXPRESSION_NOT_IN_DISTINCT",
          "For SELECT DISTINCT, ORDER BY expressions must appear in select list");
    }
    Set<String> items = new LinkedHashSet<>();
    outputs.forEach(o -> items.add(o.sql() + " AS " + o.field().column()));
    hidden.forEach((sql, id) -> items.add(sql + " AS " + id));
    String select =
        "SELECT "
            + (distinct ? "DISTINCT " : "")
            + String.join(", ", items)
            + from
            + groupBy
            + having;
    List<Field> fields = outputs.stream().map(Output::field).toList();
    if (!hidden.isEmpty()) {
      select =
          "SELECT "
              + QueryTranslator.columns(fields)
              + " FROM ("
              + select
              + ") AS "
              + queries.build().relation();
    }
    if (!keys.isEmpty()) {
      select += " ORDER BY " + String.join(", ", keys);
    }
    select += queries.rest(s.getLimit(), s.getOffset(), in);
    return new Selected(select, passed(fields));
  }

  /// A condition above may be applied to the tables below only if it would not change which rows
  /// this query limits, numbers or groups.
  private List<Field> passed(List<Field> fields) {
    boolean opaque =
        s.getLimit().isPresent()
            || s.getOffset().isPresent()
            || hasWindows()
            || grouped && groupBy.isEmpty();
    if (opaque) {
      return QueryTranslator.detached(fields);
    }
    return groupBy.contains("(") ? QueryTranslator.detached(fields) : fields;
  }

  private boolean hasWindows() {
    return Trees.any(s.getSelect(), n -> n instanceof FunctionCall f && f.getWindow().isPresent());
  }

  private String sort(SortItem item, ExpressionTranslator in, Map<String, String> hidden) {
    Expression e = item.getSortKey();
    if (e instanceof LongLiteral l) {
      return outputs.get(QueryTranslator.ordinal(l, outputs.size(), "ORDER BY")).field().column()
          + Aggregates.direction(item);
    }
    Typed value = sortValue(e, in);
    if (!value.type().isOrderable()) {
      throw SqlFailure.mismatch(
          e,
          "Type "
              + value.type()
              + " is not orderable, and therefore cannot be used in ORDER BY: "
              + e);
    }
    Optional<Output> same = outputs.stream().filter(o -> o.sql().equals(value.sql())).findFirst();
    String column =
        same.map(o -> o.field().column())
            .orElseGet(() -> hidden.computeIfAbsent(value.sql(), _ -> queries.build().column()));
    return column + Aggregates.direction(item);
  }

  /// Names in `ORDER BY` mean the result's columns first, then those of `FROM`.
  private Typed sortValue(Expression e, ExpressionTranslator in) {
    List<String> names = new ArrayList<>();
    List<Typed> values = new ArrayList<>();
    for (Output o : outputs) {
      String name = o.field().name();
      if (name == null) {
        continue;
      }
      int at = names.indexOf(name);
      if (at < 0) {
        names.add(name);
        values.add(new Typed(o.sql(), o.field().type()));
      } else if (!values.get(at).sql().equals(o.sql()) && Trees.path(e).equals(List.of(name))) {
        throw SqlFailure.at(e, "AMBIGUOUS_NAME", "Column '" + name + "' is ambiguous");
      }
    }
    return in.shadowed(names, values).of(e);
  }
}
