package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.QueryTranslator.CommonTable;
import dev.polder.athena.sql.QueryTranslator.Selected;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.TableSource.Column;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SampledRelation;
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
      case Join j -> new Joins(this, queries, outer).of(j);
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

  /// Fields under the names that an alias gives them.
  static List<Field> renamed(AliasedRelation a, List<Field> fields) {
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
      fields.add(
          new Field(
              source.database(),
              source.name(),
              c.name(),
              exact ? f.type() : c.type(),
              id,
              exact ? f.origin() : null,
              exact && f.faithful()));
    }
    String sql = same ? made.sql() : cast(casts, made.sql());
    return new Rel("(" + sql + ") AS " + build().relation(), fields);
  }

  private String cast(List<String> columns, String query) {
    return "SELECT "
        + String.join(", ", columns)
        + " FROM ("
        + query
        + ") AS "
        + build().relation();
  }

  private Rel unnest(Unnest u) {
    var in = new ExpressionTranslator(queries, new Scope(List.of(), outer), Place.ROW);
    Unnested n = new Unnested(build(), u, in);
    return new Rel(
        "(" + n.expanded("SELECT " + n.columns()) + ") AS " + build().relation(), n.fields());
  }
}
