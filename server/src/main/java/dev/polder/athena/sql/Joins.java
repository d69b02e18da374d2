package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.QueryTranslator.Selected;
import dev.polder.athena.sql.RelationTranslator.Rel;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins, and right sides that see the left one's columns.
final class Joins {
  private final RelationTranslator relations;
  private final QueryTranslator queries;
  private final @Nullable Scope outer;

  Joins(RelationTranslator relations, QueryTranslator queries, @Nullable Scope outer) {
    this.relations = relations;
    this.queries = queries;
    this.outer = outer;
  }

  private Build build() {
    return queries.build();
  }

  Rel of(Join j) {
    Rel left = relations.of(j.getLeft());
    Relation right = j.getRight();
    Relation bare = right instanceof AliasedRelation a ? a.getRelation() : right;
    if (bare instanceof Unnest || bare instanceof Lateral) {
      return lateral(j, left, right, bare);
    }
    Rel r = relations.of(right);
    JoinCriteria criteria = j.getCriteria().orElse(null);
    return switch (criteria) {
      case null ->
          new Rel(
              "(" + left.sql() + " CROSS JOIN " + r.sql() + ")", fields(left.fields(), r.fields()));
      case JoinOn on -> on(j, left, r, on.getExpression());
      case JoinUsing using -> using(j, left, r, using);
      default -> throw SqlFailure.unsupported(j, "Natural join");
    };
  }

  private static List<Field> fields(List<Field> a, List<Field> b) {
    List<Field> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private Rel on(Join j, Rel left, Rel right, Expression on) {
    var scope = new Scope(fields(left.fields(), right.fields()), outer);
    String condition = in(scope).condition(on, "JOIN ON clause");
    var pruning = new Pruning(queries, on);
    if (j.getType() == Join.Type.INNER) {
      pruning.over(scope);
    } else if (j.getType() == Join.Type.LEFT) {
      pruning.over(new Scope(right.fields(), null));
    } else if (j.getType() == Join.Type.RIGHT) {
      pruning.over(new Scope(left.fields(), null));
    }
    String sql =
        "(" + left.sql() + " " + j.getType() + " JOIN " + right.sql() + " ON " + condition + ")";
    return new Rel(sql, kept(j, left.fields(), right.fields()));
  }

  /// Where a side may be made of nulls, its columns are no longer a table's in every row.
  private static List<Field> kept(Join j, List<Field> left, List<Field> right) {
    boolean nullLeft = j.getType() == Join.Type.RIGHT || j.getType() == Join.Type.FULL;
    boolean nullRight = j.getType() == Join.Type.LEFT || j.getType() == Join.Type.FULL;
    return fields(
        nullLeft ? QueryTranslator.detached(left) : left,
        nullRight ? QueryTranslator.detached(right) : right);
  }

  private Rel using(Join j, Rel left, Rel right, JoinUsing using) {
    List<String> conditions = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    List<String> names = using.getColumns().stream().map(QueryTranslator::lower).toList();
    for (Identifier i : using.getColumns()) {
      Field l = column(i, left, "left");
      Field r = column(i, right, "right");
      conditions.add(
          Operators.compare(i, ComparisonExpression.Operator.EQUAL, l.value(), r.value()).sql());
      List<Typed> same =
          ExpressionTranslator.unified(
              i, List.of(l.value(), r.value()), "Column types of USING differ");
      String id = build().column();
      columns.add("coalesce(" + same.get(0).sql() + ", " + same.get(1).sql() + ") AS " + id);
      fields.add(Field.output(QueryTranslator.lower(i), same.get(0).type(), id));
    }
    for (Field f : kept(j, left.fields(), right.fields())) {
      if (f.name() == null || !names.contains(f.name())) {
        fields.add(f);
      }
    }
    String joined = left.sql() + " " + j.getType() + " JOIN " + right.sql();
    String sql =
        "(SELECT "
            + String.join(", ", columns)
            + ", * FROM "
            + joined
            + " ON "
            + String.join(" AND ", conditions)
            + ") AS "
            + build().relation();
    return new Rel(sql, fields);
  }

  private static Field column(Identifier i, Rel of, String side) {
    String name = QueryTranslator.lower(i);
    return new Scope(of.fields(), null)
        .find(i, List.of(name))
        .orElseThrow(() ->
            SqlFailure.at(
                i,
                "COLUMN_NOT_FOUND",
                "Column '" + name + "' is missing from " + side + " side of join"));
  }

  /// A right side that sees the left side's columns.
  private Rel lateral(Join j, Rel left, Relation right, Relation bare) {
    boolean cross = j.getType() == Join.Type.CROSS || j.getType() == Join.Type.IMPLICIT;
    boolean always = cross || alwaysTrue(j);
    if (!always || !cross && j.getType() != Join.Type.LEFT && j.getType() != Join.Type.INNER) {
      throw SqlFailure.unsupported(
          j,
          (bare instanceof Unnest ? "UNNEST" : "LATERAL")
              + " in a join with another condition than ON TRUE");
    }
    var scope = new Scope(left.fields(), outer);
    return bare instanceof Unnest u
        ? unnest(j, left, right, new Unnested(build(), u, in(scope)))
        : subquery(j, left, right, ((Lateral) bare).getQuery(), scope);
  }

  private Rel unnest(Join j, Rel left, Relation right, Unnested n) {
    String sql =
        j.getType() == Join.Type.LEFT
            ? sideBySide(left, " LEFT", n.expanded("SELECT " + n.columns()))
            : "("
                + n.expanded("SELECT *, " + n.columns() + " FROM " + left.sql())
                + ") AS "
                + build().relation();
    return new Rel(sql, fields(left.fields(), named(right, n.fields())));
  }

  private Rel subquery(Join j, Rel left, Relation right, Query query, Scope scope) {
    refuseConstants(query);
    Selected s = queries.query(query, scope);
    List<Field> made = s.fields().stream().map(f -> f.within(null, null).detached()).toList();
    String sql = sideBySide(left, j.getType() == Join.Type.LEFT ? " LEFT" : " INNER", s.sql());
    return new Rel(sql, fields(left.fields(), named(right, made)));
  }

  private String sideBySide(Rel left, String kind, String right) {
    return "("
        + left.sql()
        + kind
        + " JOIN LATERAL ("
        + right
        + ") AS "
        + build().relation()
        + " ON TRUE)";
  }

  private static List<Field> named(Relation right, List<Field> made) {
    return right instanceof AliasedRelation a ? RelationTranslator.renamed(a, made) : made;
  }

  private ExpressionTranslator in(Scope scope) {
    return new ExpressionTranslator(queries, scope, Place.ROW);
  }

  /// DuckDB gives null for what does not depend on the rows where an aggregate over no rows has a
  /// value.
  private static void refuseConstants(Query q) {
    if (q.getQueryBody() instanceof QuerySpecification s
        && s.getGroupBy().isEmpty()
        && FunctionTranslator.hasAggregate(s.getSelect())) {
      for (SelectItem item : s.getSelect().getSelectItems()) {
        if (!FunctionTranslator.hasAggregate(item)) {
          throw SqlFailure.unsupported(item, "A constant beside an aggregate in LATERAL");
        }
      }
    }
  }

  private static boolean alwaysTrue(Join j) {
    return j.getCriteria().isPresent()
        && j.getCriteria().get() instanceof JoinOn on
        && on.getExpression() instanceof BooleanLiteral b
        && b.getValue();
  }
}
