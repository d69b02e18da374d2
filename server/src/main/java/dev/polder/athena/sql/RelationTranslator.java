package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.QueryTranslator.CommonTable;
import dev.polder.athena.sql.QueryTranslator.Selected;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.TableSource.Column;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
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
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SampledRelation;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stands in `FROM`: tables, views, subqueries, joins, `UNNEST`.
final class RelationTranslator {
  private final QueryTranslator queries;
  private final @Nullable Scope outer;

  RelationTranslator(QueryTranslator queries, @Nullable Scope outer) {
    this.queries = queries;
    this.outer = outer;
  }

  /// Text for `FROM` and the fields that it has.
  record Rel(String sql, List<Field> fields) {
    Rel {
      fields = List.copyOf(fields);
    }

    Rel with(List<Field> others) {
      return new Rel(sql, others);
    }
  }

  Rel of(Relation r) {
    return switch (r) {
      case Table t -> table(t);
      case AliasedRelation a -> aliased(a);
      case TableSubquery s -> subquery(queries.query(s.getQuery(), outer));
      case Lateral l -> throw SqlFailure.unsupported(l, "LATERAL on the left side of a join");
      case Unnest u -> unnest(u);
      case Join j -> join(j);
      case SampledRelation s -> sampled(s);
      case QueryBody b ->
          subquery(
              queries.query(
                  new Query(
                      List.of(),
                      List.of(),
                      Optional.empty(),
                      b,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty()),
                  outer));
      default -> throw SqlFailure.unsupported(r, r.getClass().getSimpleName());
    };
  }

  private Build build() {
    return queries.build();
  }

  private Rel subquery(Selected s) {
    List<Field> fields = s.fields().stream().map(f -> f.within(null, null)).toList();
    return new Rel("(" + s.sql() + ") AS " + build().relation(), fields);
  }

  private Rel sampled(SampledRelation s) {
    Rel rel = of(s.getRelation());
    Typed percent =
        new ExpressionTranslator(queries, Scope.empty(), Place.ROW)
            .coerced(s.getSamplePercentage(), Simple.DOUBLE);
    String sql =
        "(SELECT * FROM "
            + rel.sql()
            + " WHERE random() * 100 < "
            + percent.sql()
            + ") AS "
            + build().relation();
    return new Rel(sql, rel.fields());
  }

  private Rel aliased(AliasedRelation a) {
    Rel rel = of(a.getRelation());
    return new Rel(rel.sql(), renamed(a, rel.fields()));
  }

  private static List<Field> renamed(AliasedRelation a, List<Field> fields) {
    String alias = QueryTranslator.lower(a.getAlias());
    List<Identifier> names = a.getColumnNames();
    if (names != null && names.size() != fields.size()) {
      throw SqlFailure.at(
          a,
          "MISMATCHED_COLUMN_ALIASES",
          "Column alias list has "
              + names.size()
              + " entries but '"
              + alias
              + "' has "
              + fields.size()
              + " columns available");
    }
    List<Field> renamed = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field f = fields.get(i).within(null, alias);
      renamed.add(names == null ? f : f.named(QueryTranslator.lower(names.get(i))));
    }
    return renamed;
  }

  private Rel table(Table t) {
    if (t.getQueryPeriod().isPresent()) {
      throw SqlFailure.unsupported(t, "FOR TIMESTAMP AS OF");
    }
    List<String> name = Trees.path(t.getName());
    if (name.size() == 1) {
      CommonTable common = queries.common(name.getFirst());
      if (common != null) {
        return common(common, name.getFirst());
      }
    }
    return catalogued(t, name);
  }

  private Rel common(CommonTable table, String name) {
    return switch (table) {
      case CommonTable.Inlined i -> {
        Rel rel = subquery(i.scope().named(i.query()));
        yield rel.with(rel.fields().stream().map(f -> f.within(null, name)).toList());
      }
      case CommonTable.Named n -> {
        List<String> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Field f : n.fields()) {
          String id = build().column();
          columns.add(f.value().sql() + " AS " + id);
          fields.add(f.within(null, name).as(id).detached());
        }
        String all = columns.isEmpty() ? "1" : String.join(", ", columns);
        yield new Rel(
            "(SELECT " + all + " FROM " + n.relation() + ") AS " + build().relation(), fields);
      }
    };
  }

  private Rel catalogued(Table t, List<String> name) {
    if (name.size() == 3 && !name.getFirst().equals("awsdatacatalog")) {
      throw SqlFailure.at(t, "CATALOG_NOT_FOUND", "Catalog '" + name.getFirst() + "' not found");
    }
    String database = name.size() == 1 ? build().session().database() : name.get(name.size() - 2);
    if (!build().catalogue().hasDatabase(database)) {
      throw SqlFailure.at(t, "SCHEMA_NOT_FOUND", "Schema '" + database + "' does not exist");
    }
    TableSource source =
        build()
            .catalogue()
            .table(database, name.getLast())
            .orElseThrow(() ->
                SqlFailure.at(
                    t,
                    "TABLE_NOT_FOUND",
                    "Table 'awsdatacatalog."
                        + database
                        + "."
                        + name.getLast()
                        + "' does not exist"));
    if (source.view().isPresent()) {
      return view(t, source, source.view().get());
    }
    TableScan[] scan = new TableScan[1];
    List<Field> fields = build().scan(source, scan);
    return new Rel(scan[0].token() + " AS " + build().relation(), fields);
  }

  private static Query query(Table at, TableSource source, TableSource.View view) {
    try {
      return (Query) new SqlParser().createStatement(view.sql());
    } catch (ParsingException | ClassCastException e) {
      throw SqlFailure.at(
          at,
          "INVALID_VIEW",
          "Failed parsing stored view 'awsdatacatalog."
              + source.database()
              + "."
              + source.name()
              + "': "
              + e.getMessage());
    }
  }

  private static SqlFailure stale(Table at, TableSource source, int stored, int derived) {
    return SqlFailure.at(
        at,
        "VIEW_IS_STALE",
        "View 'awsdatacatalog."
            + source.database()
            + "."
            + source.name()
            + "' is stale or in invalid state: stored view column count ("
            + stored
            + ") does not match column count derived from the view query analysis ("
            + derived
            + ")");
  }

  /// A view's query, its columns as of the types that the view was stored with.
  private Rel view(Table at, TableSource source, TableSource.View view) {
    Query query = query(at, source, view);
    Selected made = new QueryTranslator(build().inside(view.database())).query(query, null);
    List<Column> columns = source.all();
    if (made.fields().size() != columns.size()) {
      throw stale(at, source, columns.size(), made.fields().size());
    }
    List<Field> fields = new ArrayList<>();
    List<String> casts = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < columns.size(); i++) {
      Field f = made.fields().get(i);
      Column c = columns.get(i);
      boolean exact = f.type().duck().equals(c.type().duck());
      same &= exact;
      String id = exact ? f.column() : build().column();
      casts.add(exact ? f.column() : Casts.explicit(at, f.value(), c.type()).sql() + " AS " + id);
      SqlType type = exact ? f.type() : c.type();
      fields.add(
          new Field(
              source.database(),
              source.name(),
              c.name(),
              type,
              id,
              exact ? f.origin() : null,
              exact && f.faithful()));
    }
    String sql =
        same
            ? made.sql()
            : "SELECT "
                + String.join(", ", casts)
                + " FROM ("
                + made.sql()
                + ") AS "
                + build().relation();
    return new Rel("(" + sql + ") AS " + build().relation(), fields);
  }

  private Rel unnest(Unnest u) {
    var in = new ExpressionTranslator(queries, new Scope(List.of(), outer), Place.ROW);
    Unnested n = new Unnested(build(), u, in);
    return new Rel(
        "(" + n.expanded("SELECT " + n.columns()) + ") AS " + build().relation(), n.fields());
  }

  private Rel join(Join j) {
    Rel left = of(j.getLeft());
    Relation right = j.getRight();
    Relation bare = right instanceof AliasedRelation a ? a.getRelation() : right;
    if (bare instanceof Unnest || bare instanceof Lateral) {
      return lateral(j, left, right, bare);
    }
    Rel r = of(right);
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
    var in = new ExpressionTranslator(queries, scope, Place.ROW);
    String condition = in.condition(on, "JOIN ON clause");
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
      List<String> name = List.of(QueryTranslator.lower(i));
      Field l = new Scope(left.fields(), null).find(i, name).orElseThrow(() -> missing(i, "left"));
      Field r =
          new Scope(right.fields(), null).find(i, name).orElseThrow(() -> missing(i, "right"));
      conditions.add(
          Operators.compare(i, ComparisonExpression.Operator.EQUAL, l.value(), r.value()).sql());
      List<Typed> same =
          ExpressionTranslator.unified(
              i, List.of(l.value(), r.value()), "Column types of USING differ");
      String id = build().column();
      columns.add("coalesce(" + same.get(0).sql() + ", " + same.get(1).sql() + ") AS " + id);
      fields.add(Field.output(name.getFirst(), same.get(0).type(), id));
    }
    for (Field f : kept(j, left.fields(), right.fields())) {
      if (f.name() == null || !names.contains(f.name())) {
        fields.add(f);
      }
    }
    String sql =
        "(SELECT "
            + String.join(", ", columns)
            + ", * FROM "
            + left.sql()
            + " "
            + j.getType()
            + " JOIN "
            + right.sql()
            + " ON "
            + String.join(" AND ", conditions)
            + ") AS "
            + build().relation();
    return new Rel(sql, fields);
  }

  private static SqlFailure missing(Identifier i, String side) {
    return SqlFailure.at(
        i,
        "COLUMN_NOT_FOUND",
        "Column '" + QueryTranslator.lower(i) + "' is missing from " + side + " side of join");
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
    if (bare instanceof Unnest u) {
      Unnested n = new Unnested(build(), u, new ExpressionTranslator(queries, scope, Place.ROW));
      List<Field> made = right instanceof AliasedRelation a ? renamed(a, n.fields()) : n.fields();
      if (j.getType() != Join.Type.LEFT) {
        String sql =
            "("
                + n.expanded("SELECT *, " + n.columns() + " FROM " + left.sql())
                + ") AS "
                + build().relation();
        return new Rel(sql, fields(left.fields(), made));
      }
      String sql =
          "("
              + left.sql()
              + " LEFT JOIN LATERAL ("
              + n.expanded("SELECT " + n.columns())
              + ") AS "
              + build().relation()
              + " ON TRUE)";
      return new Rel(sql, fields(left.fields(), made));
    }
    refuseConstants(((Lateral) bare).getQuery());
    Selected s = queries.query(((Lateral) bare).getQuery(), scope);
    List<Field> made = s.fields().stream().map(f -> f.within(null, null).detached()).toList();
    List<Field> named = right instanceof AliasedRelation a ? renamed(a, made) : made;
    String kind = j.getType() == Join.Type.LEFT ? " LEFT" : " INNER";
    String sql =
        "("
            + left.sql()
            + kind
            + " JOIN LATERAL ("
            + s.sql()
            + ") AS "
            + build().relation()
            + " ON TRUE)";
    return new Rel(sql, fields(left.fields(), named));
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
