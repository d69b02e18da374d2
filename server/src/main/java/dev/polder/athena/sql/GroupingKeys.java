package dev.polder.athena.sql;

import io.trino.sql.tree.AutoGroupBy;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.GroupingSets;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SimpleGroupBy;
import io.trino.sql.tree.SingleColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a query groups by. A key that is not a column is computed before grouping, under a name.
final class GroupingKeys {
  private final QueryTranslator queries;
  private final QuerySpecification s;
  private final ExpressionTranslator rows;
  private final Map<String, Typed> keys = new LinkedHashMap<>();
  private final Map<String, String> computed = new LinkedHashMap<>();
  private final List<String> elements = new ArrayList<>();

  /// @param rows translates over the rows that are grouped
  GroupingKeys(QueryTranslator queries, QuerySpecification s, ExpressionTranslator rows) {
    this.queries = queries;
    this.s = s;
    this.rows = rows;
    s.getGroupBy().ifPresent(this::read);
  }

  private void read(GroupBy by) {
    if (by.isDistinct()) {
      throw SqlFailure.unsupported(by, "GROUP BY DISTINCT");
    }
    by.getGroupingElements().forEach(e -> elements.add(element(e)));
  }

  /// The text behind `GROUP BY`; empty where all rows are one group.
  String elements() {
    return String.join(", ", elements);
  }

  /// The keys that are to be computed, as items of a select list; empty for none.
  String computed() {
    return computed.entrySet().stream()
        .map(e -> e.getKey() + " AS " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  Grouping grouping() {
    return new Grouping(keys, keys.values().stream().map(Typed::sql).toList());
  }

  private String element(GroupingElement e) {
    return switch (e) {
      case SimpleGroupBy g when g.getExpressions().size() == 1 ->
          key(g.getExpressions().getFirst());
      case SimpleGroupBy g -> "(" + set(g.getExpressions()) + ")";
      case GroupingSets g -> {
        String kind =
            switch (g.getType()) {
              case EXPLICIT -> "GROUPING SETS";
              case CUBE -> "CUBE";
              case ROLLUP -> "ROLLUP";
            };
        yield g.getSets().stream()
            .map(set -> "(" + set(set) + ")")
            .collect(Collectors.joining(", ", kind + " (", ")"));
      }
      case AutoGroupBy a -> auto(a);
      default -> throw SqlFailure.unsupported(e, e.getClass().getSimpleName());
    };
  }

  private String auto(AutoGroupBy a) {
    List<String> all = new ArrayList<>();
    for (SelectItem item : s.getSelect().getSelectItems()) {
      if (!(item instanceof SingleColumn c)) {
        throw SqlFailure.unsupported(a, "GROUP BY AUTO with *");
      }
      if (!FunctionTranslator.hasAggregate(c.getExpression())) {
        all.add(key(c.getExpression()));
      }
    }
    return all.isEmpty() ? "()" : String.join(", ", all);
  }

  private String set(List<Expression> set) {
    return set.stream().map(this::key).collect(Collectors.joining(", "));
  }

  /// A grouping key: a column as it is, anything else computed before grouping under a name.
  private String key(Expression e) {
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
}
