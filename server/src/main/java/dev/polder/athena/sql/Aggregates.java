package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Aggregate functions, over groups or (with `over`) over windows.
final class Aggregates {
  private static final Set<String> NAMES =
      Set.of(
          "count",
          "count_if",
          "sum",
          "avg",
          "min",
          "max",
          "min_by",
          "max_by",
          "array_agg",
          "map_agg",
          "multimap_agg",
          "histogram",
          "bool_and",
          "every",
          "bool_or",
          "arbitrary",
          "any_value",
          "approx_distinct",
          "approx_percentile",
          "stddev",
          "stddev_samp",
          "stddev_pop",
          "variance",
          "var_samp",
          "var_pop",
          "corr",
          "covar_samp",
          "covar_pop",
          "regr_slope",
          "regr_intercept",
          "skewness",
          "kurtosis",
          "geometric_mean",
          "listagg",
          "bitwise_and_agg",
          "bitwise_or_agg",
          "bitwise_xor_agg",
          "checksum",
          "approx_set",
          "merge",
          "approx_most_frequent",
          "numeric_histogram",
          "reduce_agg",
          "set_agg",
          "set_union",
          "map_union",
          "entropy",
          "qdigest_agg",
          "tdigest_agg",
          "make_set_digest");

  private final ExpressionTranslator in;
  private final String over;

  Aggregates(ExpressionTranslator in, String over) {
    this.in = in;
    this.over = over;
  }

  static boolean has(String name) {
    return NAMES.contains(name);
  }

  /// `name([DISTINCT] args [ORDER BY]) [FILTER] [OVER]` around a function's arguments.
  private record Frame(String distinct, String order, String tail) {
    String of(String function, String arguments) {
      return function + "(" + distinct + arguments + order + ")" + tail;
    }
  }

  Typed call(FunctionCall f) {
    Call c = new Call(in, f);
    if (f.getArguments().stream().anyMatch(FunctionTranslator::hasAggregate)) {
      throw SqlFailure.at(
          f,
          "NESTED_AGGREGATION",
          "Cannot nest aggregations inside aggregation '" + c.name() + "'");
    }
    String filter =
        f.getFilter()
            .map(e -> " FILTER (WHERE " + in.condition(e, "FILTER expression") + ")")
            .orElse("");
    var frame =
        new Frame(
            f.isDistinct() ? "DISTINCT " : "",
            f.getOrderBy().map(o -> " " + order(in, o)).orElse(""),
            filter + over);
    return typed(c, frame);
  }

  static String order(ExpressionTranslator in, OrderBy by) {
    return by.getSortItems().stream()
        .map(s -> sortable(in, s) + direction(s))
        .collect(Collectors.joining(", ", "ORDER BY ", ""));
  }

  private static String sortable(ExpressionTranslator in, SortItem s) {
    Typed key = in.of(s.getSortKey());
    if (!key.type().isOrderable()) {
      throw SqlFailure.mismatch(
          s,
          "Type "
              + key.type()
              + " is not orderable, and therefore cannot be used in ORDER BY: "
              + s.getSortKey());
    }
    return key.sql();
  }

  /// Trino sorts nulls last unless told otherwise, in both directions.
  static String direction(SortItem s) {
    return (s.getOrdering() == SortItem.Ordering.DESCENDING ? " DESC" : " ASC")
        + (s.getNullOrdering() == SortItem.NullOrdering.FIRST ? " NULLS FIRST" : " NULLS LAST");
  }

  private Typed typed(Call c, Frame f) {
    return switch (c.name()) {
      case "count" -> count(c, f);
      case "count_if" ->
          Typed.bigint("coalesce(" + f.of("count_if", c.as(0, Simple.BOOLEAN)) + ", 0)");
      case "sum" -> sum(c, f);
      case "avg" -> avg(c, f);
      case "min", "max" -> extreme(c, f);
      case "min_by", "max_by" -> extremeBy(c, f);
      case "array_agg" -> new Typed(f.of("list", one(c)), new SqlType.Array(c.type(0)));
      case "map_agg" -> mapAgg(c, f);
      case "histogram" -> {
        String value = one(c);
        var type = new SqlType.Map(c.type(0), Simple.BIGINT);
        yield new Typed(Sql.cast("nullif(" + f.of("histogram", value) + ", MAP {})", type), type);
      }
      case "bool_and", "every" -> Typed.bool(f.of("bool_and", c.as(0, Simple.BOOLEAN)));
      case "bool_or" -> Typed.bool(f.of("bool_or", c.as(0, Simple.BOOLEAN)));
      case "arbitrary", "any_value" -> new Typed(f.of("any_value", one(c)), c.type(0));
      case "approx_distinct" -> {
        c.sizes(1, 2);
        yield Typed.bigint("count(DISTINCT " + c.arg(0).sql() + ")" + f.tail());
      }
      case "approx_percentile" -> percentile(c, f);
      case "listagg" -> listagg(c, f);
      case "bitwise_and_agg" -> Typed.bigint(f.of("bit_and", c.whole(0)));
      case "bitwise_or_agg" -> Typed.bigint(f.of("bit_or", c.whole(0)));
      case "bitwise_xor_agg" -> Typed.bigint(f.of("bit_xor", c.whole(0)));
      default -> statistics(c, f);
    };
  }

  private static String one(Call c) {
    c.sizes(1, 1);
    return c.arg(0).isNull() ? "CAST(NULL AS INTEGER)" : c.arg(0).sql();
  }

  private Typed count(Call c, Frame f) {
    c.sizes(0, 1);
    return Typed.bigint(c.size() == 0 ? f.of("count", "*") : f.of("count", one(c)));
  }

  private Typed sum(Call c, Frame f) {
    String value = one(c);
    return switch (c.type(0)) {
      case Simple.TINYINT, Simple.SMALLINT, Simple.INTEGER, Simple.BIGINT ->
          Typed.bigint(f.of("sum", value));
      case Simple.UNKNOWN -> throw c.unexpected();
      case Simple.DOUBLE -> new Typed(f.of("sum", value), Simple.DOUBLE);
      case Simple.REAL -> new Typed(Sql.cast(f.of("sum", value), Simple.REAL), Simple.REAL);
      case Decimal d -> {
        var type = new Decimal(38, d.scale());
        yield new Typed(Sql.cast(f.of("sum", value), type), type);
      }
      case Simple.INTERVAL_DAY, Simple.INTERVAL_YEAR ->
          new Typed(Sql.cast(f.of("sum", value), c.type(0)), c.type(0));
      default -> throw c.unexpected();
    };
  }

  private Typed avg(Call c, Frame f) {
    String value = one(c);
    return switch (c.type(0)) {
      case Simple.TINYINT, Simple.SMALLINT, Simple.INTEGER, Simple.BIGINT, Simple.DOUBLE ->
          new Typed(f.of("avg", value), Simple.DOUBLE);
      case Simple.REAL -> new Typed(Sql.cast(f.of("avg", value), Simple.REAL), Simple.REAL);
      case Decimal d -> {
        var wide = new Decimal(38, d.scale());
        String sum = Operators.unscaled(Sql.cast(f.of("sum", value), wide), wide, 0);
        String count = "CAST(nullif(" + f.of("count", value) + ", 0) AS HUGEINT)";
        yield new Typed(Operators.divided(sum, count, d), d);
      }
      default -> throw c.unexpected();
    };
  }

  private Typed extreme(Call c, Frame f) {
    c.sizes(1, 2);
    if (!c.type(0).isOrderable()) {
      throw c.unexpected();
    }
    String value = c.arg(0).isNull() ? one(c) : c.arg(0).sql();
    if (c.size() == 2) {
      return new Typed(
          f.of(c.name(), number(c.arg(0)) + ", " + c.whole(1)), new SqlType.Array(c.type(0)));
    }
    String plain = f.of(c.name(), value);
    if (c.type(0) != Simple.DOUBLE && c.type(0) != Simple.REAL) {
      return new Typed(plain, c.type(0));
    }
    // NaN counts only where there is nothing else.
    String numbers = f.of(c.name(), "CASE WHEN NOT isnan(" + value + ") THEN " + value + " END");
    return new Typed("coalesce(" + numbers + ", " + plain + ")", c.type(0));
  }

  /// The value, or null where it is NaN.
  private static String number(Typed value) {
    boolean floats = value.type() == Simple.DOUBLE || value.type() == Simple.REAL;
    String sql = value.sql();
    return floats ? "CASE WHEN NOT isnan(" + sql + ") THEN " + sql + " END" : sql;
  }

  private Typed extremeBy(Call c, Frame f) {
    c.sizes(2, 3);
    if (!c.type(1).isOrderable()) {
      throw c.unexpected();
    }
    String name = c.name().equals("max_by") ? "arg_max" : "arg_min";
    String pair = c.arg(0).sql() + ", " + number(c.arg(1));
    if (c.size() == 3) {
      return new Typed(f.of(name, pair + ", " + c.whole(2)), new SqlType.Array(c.type(0)));
    }
    // The _null variants keep a null that belongs to the extreme key, as Trino does.
    return new Typed(f.of(name + "_null", pair), c.type(0));
  }

  private Typed mapAgg(Call c, Frame f) {
    c.sizes(2, 2);
    var type = new SqlType.Map(c.type(0), c.type(1));
    String entry = "struct_pack(k := " + c.arg(0).sql() + ", v := " + c.arg(1).sql() + ")";
    String entries = "list_filter(" + f.of("list", entry) + ", lambda e_: e_.k IS NOT NULL)";
    return new Typed(Sql.cast("t_first_wins(" + entries + ")", type), type);
  }

  private Typed percentile(Call c, Frame f) {
    c.sizes(2, 2);
    SqlType type = c.type(0);
    if (!type.isNumeric()) {
      throw c.unexpected();
    }
    SqlType value =
        type == Simple.REAL || type == Simple.DOUBLE
            ? type
            : type.isInteger() ? Simple.BIGINT : Simple.DOUBLE;
    String x = Casts.coerce(c.node(), c.arg(0), value).sql();
    if (c.type(1) instanceof SqlType.Array) {
      return new Typed(
          f.of("quantile_disc", x + ", " + c.as(1, new SqlType.Array(Simple.DOUBLE))),
          new SqlType.Array(value));
    }
    return new Typed(f.of("quantile_disc", x + ", " + c.number(1)), value);
  }

  private Typed listagg(Call c, Frame f) {
    c.sizes(1, 4);
    if (c.size() > 2) {
      for (int i = 2; i < c.size(); i++) {
        String option = c.expression(i).toString();
        if (!List.of("true", "'...'", "false").contains(option)) {
          throw SqlFailure.unsupported(c.node(), "LISTAGG with ON OVERFLOW TRUNCATE");
        }
      }
    }
    return new Typed(
        f.of("string_agg", c.text(0) + ", " + (c.size() > 1 ? c.text(1) : "''")), SqlType.VARCHAR);
  }

  private Typed statistics(Call c, Frame f) {
    String duck =
        switch (c.name()) {
          case "stddev", "stddev_samp" -> "stddev_samp";
          case "variance", "var_samp" -> "var_samp";
          case "stddev_pop", "var_pop" -> c.name();
          case "corr", "covar_samp", "covar_pop", "regr_slope", "regr_intercept" -> c.name();
          case "geometric_mean" -> "geomean";
          default -> throw SqlFailure.unsupported(c.node(), "The aggregate function " + c.name());
        };
    boolean two = duck.startsWith("co") || duck.startsWith("regr");
    c.sizes(two ? 2 : 1, two ? 2 : 1);
    if (!two) {
      return Typed.dbl(f.of(duck, c.number(0)));
    }
    // The function of two reals is the nearest unless one of them is a double.
    boolean real = c.type(0) != Simple.DOUBLE && c.type(1) != Simple.DOUBLE;
    Typed value = Typed.dbl(f.of(duck, c.number(0) + ", " + c.number(1)));
    return real ? Casts.explicit(c.node(), value, Simple.REAL) : value;
  }
}
