package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.QueryTranslator.Selected;
import dev.polder.athena.sql.RelationTranslator.Rel;
import dev.polder.athena.sql.SelectList.Output;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.QuerySpecification;
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
import org.jspecify.annotations.Nullable;

/// One `SELECT ... FROM ... WHERE ... GROUP BY ... HAVING ... ORDER BY ... LIMIT`.
final class SpecificationTranslator {
  private final QueryTranslator queries;
  private final QuerySpecification s;
  private final @Nullable Scope outer;
  private List<Output> outputs = List.of();
  private String from = "";
  private String groupBy = "";
  private boolean grouped;

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
    outputs = new SelectList(queries, scope, select, groupBy).of(s.getSelect().getSelectItems());
    return finished(select, having(select));
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

  private Grouping grouping(ExpressionTranslator rows) {
    var keys = new GroupingKeys(queries, s, rows);
    if (!keys.computed().isEmpty()) {
      String all = s.getFrom().isPresent() ? "*, " : "";
      from = " FROM (SELECT " + all + keys.computed() + from + ") AS " + queries.build().relation();
    }
    groupBy = keys.elements().isEmpty() ? "" : " GROUP BY " + keys.elements();
    return keys.grouping();
  }

  // The end: DISTINCT, ORDER BY, LIMIT.

  private Selected finished(ExpressionTranslator in, String having) {
    List<String> keys = new ArrayList<>();
    Map<String, String> hidden = new LinkedHashMap<>();
    s.getOrderBy().ifPresent(o -> o.getSortItems().forEach(i -> keys.add(sort(i, in, hidden))));
    if (s.getSelect().isDistinct() && !hidden.isEmpty()) {
      throw SqlFailure.at(
          s.getOrderBy().orElseThrow(),
          "EXPRESSION_NOT_IN_DISTINCT",
          "For SELECT DISTINCT, ORDER BY expressions must appear in select list");
    }
    List<Field> fields = outputs.stream().map(Output::field).toList();
    String sql = "SELECT " + items(hidden) + from + groupBy + having;
    if (!hidden.isEmpty()) {
      String relation = queries.build().relation();
      sql = "SELECT " + QueryTranslator.columns(fields) + " FROM (" + sql + ") AS " + relation;
    }
    if (!keys.isEmpty()) {
      sql += " ORDER BY " + String.join(", ", keys);
    }
    sql += queries.rest(s.getLimit(), s.getOffset(), in);
    return new Selected(sql, passed(fields));
  }

  /// @param hidden what is only sorted by, with the column that it gets
  private String items(Map<String, String> hidden) {
    Set<String> items = new LinkedHashSet<>();
    outputs.forEach(o -> items.add(o.sql() + " AS " + o.field().column()));
    hidden.forEach((sql, id) -> items.add(sql + " AS " + id));
    return (s.getSelect().isDistinct() ? "DISTINCT " : "") + String.join(", ", items);
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
