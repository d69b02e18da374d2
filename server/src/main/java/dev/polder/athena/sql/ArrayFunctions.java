package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Functions of arrays. Positions count from 1. [ArrayLambdas] has those that take a lambda.
final class ArrayFunctions {
  private ArrayFunctions() {}

  static void add(Map<String, Function<Call, Typed>> all) {
    all.put("cardinality", ArrayFunctions::cardinality);
    all.put("contains", ArrayFunctions::contains);
    all.put("element_at", ArrayFunctions::elementAt);
    all.put("array_join", ArrayFunctions::join);
    all.put("array_sort", ArrayFunctions::sort);
    all.put("array_distinct", c -> unique(c, c.arg(0).sql(), c.array(0)));
    all.put("array_union", ArrayFunctions::union);
    all.put("array_intersect", c -> filtered(c, ""));
    all.put("array_except", c -> filtered(c, "NOT "));
    all.put("array_max", c -> extreme(c, "list_max"));
    all.put("array_min", c -> extreme(c, "list_min"));
    all.put("array_position", ArrayFunctions::position);
    all.put("array_remove", ArrayFunctions::remove);
    all.put("arrays_overlap", ArrayFunctions::overlap);
    all.put("flatten", ArrayFunctions::flatten);
    all.put("slice", ArrayFunctions::slice);
    all.put("trim_array", ArrayFunctions::trim);
    all.put("sequence", ArrayFunctions::sequence);
    all.put("repeat", ArrayFunctions::repeat);
    all.put("zip", ArrayFunctions::zip);
  }

  private static Typed union(Call c) {
    SqlType.Array type = same(c, 2);
    return unique(c, "list_concat(" + c.as(0, type) + ", " + c.as(1, type) + ")", type);
  }

  private static Typed remove(Call c) {
    SqlType type = element(c);
    return new Typed(
        "list_filter("
            + c.as(0, new SqlType.Array(type))
            + ", lambda e_: e_ IS NULL OR NOT "
            + Operators.equal(c.node(), "e_", c.as(1, type), type)
            + ")",
        new SqlType.Array(type));
  }

  private static Typed flatten(Call c) {
    if (!(c.array(0).element() instanceof SqlType.Array inner)) {
      throw c.unexpected();
    }
    return new Typed("flatten(" + c.arg(0).sql() + ")", inner);
  }

  private static Typed trim(Call c) {
    String list = c.arg(0).sql();
    return new Typed(
        "list_slice(" + list + ", 1, len(" + list + ") - " + c.whole(1) + ")", c.array(0));
  }

  private static Typed repeat(Call c) {
    var type = new SqlType.Array(c.type(0));
    return new Typed(
        Sql.cast(
            "list_transform(range(" + c.whole(1) + "), lambda e_: " + c.arg(0).sql() + ")", type),
        type);
  }

  private static Typed unique(Call c, String list, SqlType.Array type) {
    // Keeps the first of each, in order, as Trino does; DuckDB's own does not keep the order.
    return new Typed(
        "list_filter("
            + list
            + ", lambda e_, i_: list_position("
            + list
            + ", e_) = i_ OR (e_ IS NULL AND list_position(list_transform("
            + list
            + ", lambda n_: n_ IS NULL), TRUE) = i_))",
        type);
  }

  private static SqlType.Array same(Call c, int size) {
    c.sizes(size, size);
    SqlType type = c.array(0);
    for (int i = 1; i < size; i++) {
      c.array(i);
      type = Coercions.common(type, c.type(i)).orElseThrow(c::unexpected);
    }
    return (SqlType.Array) type;
  }

  /// The type of the elements and of the second argument.
  private static SqlType element(Call c) {
    c.sizes(2, 2);
    return Coercions.common(c.array(0).element(), c.type(1)).orElseThrow(c::unexpected);
  }

  private static Typed cardinality(Call c) {
    c.sizes(1, 1);
    return switch (c.type(0)) {
      case SqlType.Array _ -> Typed.bigint("len(" + c.arg(0).sql() + ")");
      case SqlType.Map _ -> Typed.bigint("cardinality(" + c.arg(0).sql() + ")");
      default -> throw c.unexpected();
    };
  }

  private static Typed contains(Call c) {
    SqlType type = element(c);
    String list = c.as(0, new SqlType.Array(type));
    String value = c.as(1, type);
    return Typed.bool(
        "CASE WHEN "
            + value
            + " IS NULL THEN NULL WHEN list_contains("
            + list
            + ", "
            + value
            + ") THEN TRUE WHEN list_count("
            + list
            + ") < len("
            + list
            + ") THEN NULL ELSE list_contains("
            + list
            + ", "
            + value
            + ") END");
  }

  static Typed subscript(String list, String index, SqlType.Array type) {
    String message =
        "CASE WHEN "
            + index
            + " = 0 THEN 'SQL array indices start at 1' WHEN "
            + index
            + " < 0 THEN 'Array subscript is negative: ' || "
            + index
            + " ELSE 'Array subscript must be less than or equal to array length: ' || "
            + index
            + " || ' > ' || len("
            + list
            + ") END";
    return new Typed(
        Sql.guarded(
            index + " BETWEEN 1 AND len(" + list + ")",
            "list_extract(" + list + ", " + index + ")",
            "INVALID_FUNCTION_ARGUMENT",
            message),
        type.element());
  }

  private static Typed elementAt(Call c) {
    c.sizes(2, 2);
    if (c.type(0) instanceof SqlType.Map m) {
      return new Typed(
          "map_extract_value(" + c.arg(0).sql() + ", " + c.as(1, m.key()) + ")", m.value());
    }
    String index = c.whole(1);
    return new Typed(
        Sql.guarded(
            index + " <> 0",
            "list_extract(" + c.arg(0).sql() + ", " + index + ")",
            "INVALID_FUNCTION_ARGUMENT",
            "'SQL array indices start at 1'"),
        c.array(0).element());
  }

  private static Typed join(Call c) {
    c.sizes(2, 3);
    Typed texts = Casts.explicit(c.node(), c.arg(0), new SqlType.Array(SqlType.VARCHAR));
    c.array(0);
    String list =
        c.size() == 3
            ? "list_transform(" + texts.sql() + ", lambda e_: coalesce(e_, " + c.text(2) + "))"
            : "list_filter(" + texts.sql() + ", lambda e_: e_ IS NOT NULL)";
    return Typed.text(
        "CASE WHEN "
            + c.arg(0).sql()
            + " IS NOT NULL AND "
            + c.text(1)
            + " IS NOT NULL THEN coalesce(array_to_string("
            + list
            + ", "
            + c.text(1)
            + "), '') END");
  }

  private static Typed sort(Call c) {
    c.sizes(1, 1);
    if (!c.array(0).element().isOrderable()) {
      throw c.unexpected();
    }
    return new Typed("list_sort(" + c.arg(0).sql() + ", 'ASC', 'NULLS LAST')", c.array(0));
  }

  private static Typed filtered(Call c, String not) {
    SqlType.Array type = same(c, 2);
    String first = c.as(0, type);
    String second = c.as(1, type);
    String has =
        "(coalesce(list_contains("
            + second
            + ", e_), FALSE) OR (e_ IS NULL AND list_count("
            + second
            + ") < len("
            + second
            + ")))";
    String kept = "list_filter(" + first + ", lambda e_: " + not + has + ")";
    String value = unique(c, kept, type).sql();
    if (not.isEmpty()) {
      // The order is that of the longer one.
      String other = has.replace(second, first);
      String turned =
          unique(c, "list_filter(" + second + ", lambda e_: " + other + ")", type).sql();
      value =
          "CASE WHEN len("
              + second
              + ") > len("
              + first
              + ") THEN "
              + turned
              + " ELSE "
              + value
              + " END";
    }
    return new Typed(
        "CASE WHEN " + first + " IS NOT NULL AND " + second + " IS NOT NULL THEN " + value + " END",
        type);
  }

  private static Typed extreme(Call c, String name) {
    c.sizes(1, 1);
    SqlType element = c.array(0).element();
    if (!element.isOrderable()) {
      throw c.unexpected();
    }
    if (element instanceof SqlType.Row || element instanceof SqlType.Array) {
      throw SqlFailure.unsupported(c.node(), c.name() + " of nested values");
    }
    String list = c.arg(0).sql();
    String nulls = "CASE WHEN list_count(" + list + ") < len(" + list + ") THEN NULL ELSE ";
    if (element != Simple.DOUBLE && element != Simple.REAL) {
      return new Typed(nulls + name + "(" + list + ") END", element);
    }
    // NaN counts only where there is nothing else.
    String numbers = "list_filter(" + list + ", lambda e_: NOT isnan(e_))";
    return new Typed(
        nulls + "coalesce(" + name + "(" + numbers + "), " + name + "(" + list + ")) END", element);
  }

  private static Typed position(Call c) {
    SqlType type = element(c);
    return Typed.bigint(
        "CASE WHEN "
            + c.as(0, new SqlType.Array(type))
            + " IS NOT NULL AND "
            + c.as(1, type)
            + " IS NOT NULL THEN coalesce(list_position("
            + c.as(0, new SqlType.Array(type))
            + ", "
            + c.as(1, type)
            + "), 0) END");
  }

  private static Typed overlap(Call c) {
    SqlType.Array type = same(c, 2);
    String a = c.as(0, type);
    String b = c.as(1, type);
    String filter = "lambda e_: e_ IS NOT NULL";
    return Typed.bool(
        "CASE WHEN list_has_any(list_filter("
            + a
            + ", "
            + filter
            + "), list_filter("
            + b
            + ", "
            + filter
            + ")) THEN TRUE WHEN (list_count("
            + a
            + ") < len("
            + a
            + ") AND len("
            + b
            + ") > 0) OR (list_count("
            + b
            + ") < len("
            + b
            + ") AND len("
            + a
            + ") > 0) THEN NULL WHEN "
            + a
            + " IS NOT NULL AND "
            + b
            + " IS NOT NULL THEN FALSE END");
  }

  private static Typed slice(Call c) {
    c.sizes(3, 3);
    String list = c.arg(0).sql();
    String start = c.whole(1);
    String length = c.whole(2);
    String from =
        "CASE WHEN "
            + start
            + " < 0 THEN len("
            + list
            + ") + "
            + start
            + " + 1 ELSE "
            + start
            + " END";
    String cut =
        "CASE WHEN ("
            + from
            + ") < 1 THEN list_slice("
            + list
            + ", 1, 0) ELSE list_slice("
            + list
            + ", "
            + from
            + ", ("
            + from
            + ") + "
            + length
            + " - 1) END";
    return new Typed(
        Sql.guarded(
            "(" + start + " <> 0 AND " + length + " >= 0)",
            "CASE WHEN " + length + " = 0 THEN list_slice(" + list + ", 1, 0) ELSE " + cut + " END",
            "INVALID_FUNCTION_ARGUMENT",
            "'SQL array indices start at 1 and the length must not be negative'"),
        c.array(0));
  }

  private static Typed sequence(Call c) {
    c.sizes(2, 3);
    if (c.type(0).isInteger()) {
      var type = new SqlType.Array(Simple.BIGINT);
      String from = c.whole(0);
      String to = c.whole(1);
      String step =
          c.size() == 3 ? c.whole(2) : "CASE WHEN " + from + " <= " + to + " THEN 1 ELSE -1 END";
      return new Typed(
          Sql.guarded(
              "(("
                  + step
                  + ") <> 0 AND ("
                  + to
                  + " - "
                  + from
                  + ") * sign("
                  + step
                  + ") >= 0 AND abs("
                  + to
                  + " - "
                  + from
                  + ") / abs("
                  + step
                  + ") < 10000)",
              Sql.cast(
                  "generate_series(" + from + ", " + to + ", CAST(" + step + " AS BIGINT))", type),
              "INVALID_FUNCTION_ARGUMENT",
              "'sequence step must lead from start to stop in at most 10000 entries'"),
          type);
    }
    return moments(c);
  }

  private static Typed moments(Call c) {
    SqlType type = Coercions.common(c.type(0), c.type(1)).orElseThrow(c::unexpected);
    boolean date = type == Simple.DATE;
    if (!date && !(type instanceof Timestamp)) {
      throw c.unexpected();
    }
    String step;
    if (c.size() == 2) {
      if (!date) {
        throw c.unexpected();
      }
      step =
          "CASE WHEN "
              + c.as(0, type)
              + " <= "
              + c.as(1, type)
              + " THEN to_days(1) ELSE to_days(-1) END";
    } else if (c.type(2) == Simple.INTERVAL_DAY) {
      step = "to_milliseconds(" + c.arg(2).sql() + ")";
    } else if (c.type(2) == Simple.INTERVAL_YEAR) {
      step = "to_months(" + c.arg(2).sql() + ")";
    } else {
      throw c.unexpected();
    }
    var list = new SqlType.Array(type);
    String series =
        "generate_series(CAST("
            + c.as(0, type)
            + " AS TIMESTAMP), CAST("
            + c.as(1, type)
            + " AS TIMESTAMP), "
            + step
            + ")";
    return new Typed(Sql.cast(series, list), list);
  }

  private static Typed zip(Call c) {
    c.sizes(2, 5);
    List<SqlType.RowField> fields = new ArrayList<>();
    List<Typed> values = new ArrayList<>();
    List<String> lengths = new ArrayList<>();
    for (int i = 0; i < c.size(); i++) {
      fields.add(new SqlType.RowField(null, c.array(i).element()));
      values.add(new Typed("list_extract(" + c.arg(i).sql() + ", i_)", c.array(i).element()));
      lengths.add("len(" + c.arg(i).sql() + ")");
    }
    var row = new SqlType.Row(fields);
    var type = new SqlType.Array(row);
    return new Typed(
        "list_transform(range(1, greatest("
            + String.join(", ", lengths)
            + ") + 1), lambda i_: "
            + Rows.of(values, row).sql()
            + ")",
        type);
  }

  /// Arrays joined, or an element put before or behind one.
  static Typed concat(Call c) {
    SqlType element = Simple.UNKNOWN;
    for (Typed a : c.args()) {
      SqlType one = a.type() instanceof SqlType.Array x ? x.element() : a.type();
      element = Coercions.common(element, one).orElseThrow(c::unexpected);
    }
    var type = new SqlType.Array(element);
    List<String> parts = new ArrayList<>();
    for (Typed a : c.args()) {
      parts.add(
          a.type() instanceof SqlType.Array || a.isNull()
              ? Casts.coerce(c.node(), a, type).sql()
              : "[" + Casts.coerce(c.node(), a, element).sql() + "]");
    }
    String nulls = String.join(" OR ", parts.stream().map(p -> p + " IS NULL").toList());
    return new Typed(
        "CASE WHEN " + nulls + " THEN NULL ELSE list_concat(" + String.join(", ", parts) + ") END",
        type);
  }
}
