package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.AllRows;
import io.trino.sql.tree.Except;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FetchFirst;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Intersect;
import io.trino.sql.tree.Limit;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Offset;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Union;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.With;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Queries: `WITH`, set operations, `VALUES`. [Subqueries] has those that stand in expressions.
final class QueryTranslator {
  private final Build build;
  private final Map<String, CommonTable> common;

  QueryTranslator(Build build) {
    this(build, Map.of());
  }

  private QueryTranslator(Build build, Map<String, CommonTable> common) {
    this.build = build;
    this.common = common;
  }

  /// A `SELECT` and what it gives; the fields' columns are its column names, in order.
  record Selected(String sql, List<Field> fields) {
    Selected {
      fields = List.copyOf(fields);
    }
  }

  /// A table that a `WITH` names: either written out where it is read (once), or already translated
  /// and read by its name.
  sealed interface CommonTable {
    record Inlined(QueryTranslator scope, WithQuery query) implements CommonTable {}

    record Named(String relation, List<Field> fields) implements CommonTable {}
  }

  Build build() {
    return build;
  }

  @Nullable CommonTable common(String name) {
    return common.get(name);
  }

  Selected query(Query q, @Nullable Scope outer) {
    if (!q.getFunctions().isEmpty() || !q.getSessionProperties().isEmpty()) {
      throw SqlFailure.unsupported(q, "WITH FUNCTION and WITH SESSION");
    }
    if (q.getWith().isEmpty()) {
      return body(q, outer);
    }
    With with = q.getWith().get();
    if (with.isRecursive()) {
      throw SqlFailure.unsupported(q, "WITH RECURSIVE");
    }
    return with(q, with, outer);
  }

  private Selected with(Query q, With with, @Nullable Scope outer) {
    var inner = new QueryTranslator(build, new HashMap<>(common));
    List<String> texts = new ArrayList<>();
    for (WithQuery w : with.getQueries()) {
      String name = lower(w.getName());
      if (with.getQueries().stream().filter(o -> lower(o.getName()).equals(name)).count() > 1) {
        throw SqlFailure.at(
            w, "DUPLICATE_NAMED_QUERY", "WITH query name '" + name + "' specified more than once");
      }
      var before = new QueryTranslator(build, Map.copyOf(inner.common));
      if (Trees.reads(q, name) == 1) {
        inner.common.put(name, new CommonTable.Inlined(before, w));
        continue;
      }
      Selected made = before.named(w);
      String relation = build.relation();
      texts.add(relation + " AS (" + made.sql() + ")");
      inner.common.put(name, new CommonTable.Named(relation, made.fields()));
    }
    Selected result = inner.body(q, outer);
    return texts.isEmpty()
        ? result
        : new Selected("WITH " + String.join(", ", texts) + " " + result.sql(), result.fields());
  }

  /// A `WITH` table with the column names that it is given.
  Selected named(WithQuery w) {
    Selected made = query(w.getQuery(), null);
    if (w.getColumnNames().isEmpty()) {
      return made;
    }
    List<Identifier> names = w.getColumnNames().get();
    if (names.size() != made.fields().size()) {
      throw SqlFailure.at(
          w,
          "MISMATCHED_COLUMN_ALIASES",
          "Column alias list has "
              + names.size()
              + " entries but WITH query("
              + lower(w.getName())
              + ") has "
              + made.fields().size()
              + " columns");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(made.fields().get(i).named(lower(names.get(i))));
    }
    return new Selected(made.sql(), fields);
  }

  private Selected body(Query q, @Nullable Scope outer) {
    boolean plain = q.getOrderBy().isEmpty() && q.getLimit().isEmpty() && q.getOffset().isEmpty();
    Selected made = body(q.getQueryBody(), outer);
    return plain ? made : ordered(q, made, outer);
  }

  private Selected body(QueryBody body, @Nullable Scope outer) {
    return switch (body) {
      case QuerySpecification s -> new SpecificationTranslator(this, s, outer).translate();
      case Values v -> values(v, outer);
      case TableSubquery t -> query(t.getQuery(), outer);
      case Table t -> table(t, outer);
      case SetOperation s -> combined(s, outer);
      default -> throw SqlFailure.unsupported(body, body.getClass().getSimpleName());
    };
  }

  private Selected table(Table t, @Nullable Scope outer) {
    var relation = new RelationTranslator(this, outer).of(t);
    return new Selected(
        "SELECT " + columns(relation.fields()) + " FROM " + relation.sql(),
        outputs(relation.fields()));
  }

  private static List<Field> outputs(List<Field> fields) {
    List<Field> outputs = new ArrayList<>();
    for (Field f : fields) {
      f.value();
      outputs.add(f.within(null, null));
    }
    return outputs;
  }

  static String columns(List<Field> fields) {
    return fields.isEmpty() ? "1" : String.join(", ", fields.stream().map(Field::column).toList());
  }

  /// `ORDER BY` and `LIMIT` over a set operation, `VALUES` or a table.
  private Selected ordered(Query q, Selected made, @Nullable Scope outer) {
    var scope = new Scope(made.fields(), outer);
    var expressions = new ExpressionTranslator(this, scope, Place.SELECT);
    var text = new StringBuilder("SELECT ").append(columns(made.fields()));
    text.append(" FROM (").append(made.sql()).append(") AS ").append(build.relation());
    q.getOrderBy()
        .ifPresent(o -> text.append(" ORDER BY ").append(sorted(o, made.fields(), expressions)));
    text.append(rest(q.getLimit(), q.getOffset(), expressions));
    boolean limited = q.getLimit().isPresent() || q.getOffset().isPresent();
    return new Selected(text.toString(), limited ? detached(made.fields()) : made.fields());
  }

  static List<Field> detached(List<Field> fields) {
    return fields.stream().map(Field::detached).toList();
  }

  private static String sorted(OrderBy by, List<Field> fields, ExpressionTranslator in) {
    List<String> keys = new ArrayList<>();
    for (SortItem item : by.getSortItems()) {
      String key =
          item.getSortKey() instanceof LongLiteral l
              ? fields.get(ordinal(l, fields.size(), "ORDER BY")).column()
              : in.of(item.getSortKey()).sql();
      keys.add(key + Aggregates.direction(item));
    }
    return String.join(", ", keys);
  }

  /// The index that a number in `ORDER BY` or `GROUP BY` means.
  static int ordinal(LongLiteral l, int size, String clause) {
    long position = l.getParsedValue();
    if (position < 1 || position > size) {
      throw SqlFailure.at(
          l,
          "INVALID_COLUMN_REFERENCE",
          clause + " position " + position + " is not in select list");
    }
    return (int) position - 1;
  }

  String rest(Optional<Node> limit, Optional<Offset> offset, ExpressionTranslator in) {
    var text = new StringBuilder();
    limit.ifPresent(l -> text.append(limit(l, in)));
    offset.ifPresent(o -> text.append(" OFFSET ").append(count(o.getRowCount(), in)));
    return text.toString();
  }

  private static String limit(Node limit, ExpressionTranslator in) {
    return switch (limit) {
      case Limit l when l.getRowCount() instanceof AllRows -> "";
      case Limit l -> " LIMIT " + count(l.getRowCount(), in);
      case FetchFirst f when f.isWithTies() ->
          throw SqlFailure.unsupported(f, "FETCH FIRST WITH TIES");
      case FetchFirst f -> {
        String rows = f.getRowCount().map(c -> count(c, in)).orElse("1");
        if (rows.equals("0")) {
          throw SqlFailure.at(
              f,
              "NUMERIC_VALUE_OUT_OF_RANGE",
              "FETCH FIRST row count must be positive (actual value: 0)");
        }
        yield " LIMIT " + rows;
      }
      default -> throw SqlFailure.unsupported(limit, limit.getClass().getSimpleName());
    };
  }

  private static String count(Expression e, ExpressionTranslator in) {
    if (e instanceof LongLiteral l) {
      return Long.toString(l.getParsedValue());
    }
    if (e instanceof Parameter) {
      return in.coerced(e, Simple.BIGINT).sql();
    }
    throw SqlFailure.unsupported(e, "A row count that is not a number");
  }

  private Selected values(Values v, @Nullable Scope outer) {
    var in = new ExpressionTranslator(this, new Scope(List.of(), outer), Place.ROW);
    List<List<Typed>> rows = new ArrayList<>();
    for (Expression row : v.getRows()) {
      List<Typed> cells = new ArrayList<>();
      if (row instanceof Row r) {
        r.getItems().forEach(i -> cells.add(in.of(i)));
      } else {
        spread(in.of(row), cells);
      }
      if (!rows.isEmpty() && rows.getFirst().size() != cells.size()) {
        throw SqlFailure.mismatch(
            v,
            "Values rows have mismatched sizes: " + rows.getFirst().size() + " vs " + cells.size());
      }
      rows.add(cells);
    }
    return tabulated(v, rows);
  }

  /// A row that is computed is as many columns as it has fields.
  private static void spread(Typed value, List<Typed> cells) {
    if (value.type() instanceof SqlType.Row r) {
      for (int i = 0; i < r.fields().size(); i++) {
        cells.add(Rows.field(value, r, i));
      }
    } else {
      cells.add(value);
    }
  }

  private Selected tabulated(Values v, List<List<Typed>> rows) {
    int width = rows.getFirst().size();
    List<Field> fields = new ArrayList<>();
    List<List<String>> texts = new ArrayList<>();
    rows.forEach(_ -> texts.add(new ArrayList<>()));
    for (int i = 0; i < width; i++) {
      int at = i;
      List<Typed> column =
          ExpressionTranslator.unified(
              v, rows.stream().map(r -> r.get(at)).toList(), "Values rows have mismatched types");
      SqlType type = column.getFirst().type();
      fields.add(Field.output(null, type, build.column()));
      for (int r = 0; r < rows.size(); r++) {
        texts.get(r).add(Sql.cast(column.get(r).sql(), type));
      }
    }
    StringBuilder text = new StringBuilder("SELECT * FROM (VALUES ");
    for (int r = 0; r < texts.size(); r++) {
      text.append(r == 0 ? "(" : ", (").append(String.join(", ", texts.get(r))).append(')');
    }
    text.append(") AS ").append(build.relation()).append('(').append(columns(fields)).append(')');
    return new Selected(text.toString(), fields);
  }

  private Selected combined(SetOperation s, @Nullable Scope outer) {
    if (s.getCorresponding().isPresent()) {
      throw SqlFailure.unsupported(s, "CORRESPONDING");
    }
    String name =
        switch (s) {
          case Union _ -> "UNION";
          case Intersect _ -> "INTERSECT";
          case Except _ -> "EXCEPT";
          default -> throw SqlFailure.unsupported(s, s.getClass().getSimpleName());
        };
    List<Selected> parts = new ArrayList<>();
    for (Relation r : s.getRelations()) {
      parts.add(body((QueryBody) r, outer));
    }
    List<SqlType> types = types(s, name, parts);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(
          Field.output(parts.getFirst().fields().get(i).name(), types.get(i), build.column()));
    }
    List<String> texts = new ArrayList<>();
    parts.forEach(p -> texts.add(aligned(s, p, fields)));
    String all = s.isDistinct() ? " " : " ALL ";
    String text = String.join(" " + name + all, texts);
    return new Selected("SELECT * FROM (" + text + ") AS " + build.relation(), fields);
  }

  private static List<SqlType> types(Node at, String name, List<Selected> parts) {
    List<SqlType> types =
        new ArrayList<>(parts.getFirst().fields().stream().map(Field::type).toList());
    for (Selected part : parts) {
      if (part.fields().size() != types.size()) {
        throw SqlFailure.mismatch(
            at,
            name
                + " query has different number of fields: "
                + types.size()
                + ", "
                + part.fields().size());
      }
      for (int i = 0; i < types.size(); i++) {
        SqlType before = types.get(i);
        SqlType here = part.fields().get(i).type();
        int column = i + 1;
        types.set(
            i,
            Coercions.common(before, here)
                .orElseThrow(() ->
                    SqlFailure.mismatch(
                        at,
                        "column "
                            + column
                            + " in "
                            + name
                            + " query has incompatible types: "
                            + before
                            + ", "
                            + here)));
      }
    }
    return types;
  }

  /// A part's columns under the names and types of the whole.
  private String aligned(Node at, Selected part, List<Field> fields) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Typed value = part.fields().get(i).value();
      String sql =
          Sql.cast(Casts.coerce(at, value, fields.get(i).type()).sql(), fields.get(i).type());
      columns.add(sql + " AS " + fields.get(i).column());
    }
    return "SELECT "
        + String.join(", ", columns)
        + " FROM ("
        + part.sql()
        + ") AS "
        + build.relation();
  }

  static String lower(Identifier i) {
    return i.getValue().toLowerCase(Locale.ROOT);
  }
}
