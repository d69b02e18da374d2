package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Functions of arrays that take a lambda.
final class ArrayLambdas {
  private ArrayLambdas() {}

  static void add(Map<String, Function<Call, Typed>> all) {
    all.put(
        "filter",
        c -> {
          SqlType.Array a = c.array(0);
          return new Typed("list_filter(" + c.arg(0).sql() + ", " + predicate(c, a) + ")", a);
        });
    all.put(
        "transform",
        c -> {
          Call.Lambda l = c.lambda(1, List.of(c.array(0).element()));
          var type = new SqlType.Array(l.type());
          return new Typed(
              Sql.cast("list_transform(" + c.arg(0).sql() + ", " + l.sql() + ")", type), type);
        });
    all.put("reduce", ArrayLambdas::reduce);
    all.put("any_match", c -> Typed.bool(matched(c, "bool_or", "FALSE")));
    all.put("all_match", c -> Typed.bool(matched(c, "bool_and", "TRUE")));
    all.put("none_match", c -> Typed.bool("(NOT " + matched(c, "bool_or", "FALSE") + ")"));
    all.put("zip_with", ArrayLambdas::zipWith);
  }

  private static String predicate(Call c, SqlType.Array a) {
    Call.Lambda l = c.lambda(1, List.of(a.element()));
    if (l.type() != Simple.BOOLEAN && l.type() != Simple.UNKNOWN) {
      throw c.unexpected();
    }
    return l.sql();
  }

  private static String matched(Call c, String fold, String none) {
    SqlType.Array a = c.array(0);
    String all = "list_transform(" + c.arg(0).sql() + ", " + predicate(c, a) + ")";
    String other = none.equals("TRUE") ? "FALSE" : "TRUE";
    return "CASE WHEN list_contains("
        + all
        + ", "
        + other
        + ") THEN "
        + other
        + " WHEN list_count("
        + all
        + ") < len("
        + all
        + ") THEN NULL WHEN "
        + c.arg(0).sql()
        + " IS NOT NULL THEN "
        + none
        + " END";
  }

  private static Typed reduce(Call c) {
    c.sizes(4, 4);
    SqlType.Array a = c.array(0);
    Typed start = c.arg(1);
    SqlType state = start.type();
    String x = c.parameter("s");
    String y = c.parameter("e");
    Typed body = c.applied(2, List.of(new Typed(x, state), new Typed(y, a.element())));
    if (!body.type().equals(state)) {
      state = Coercions.common(state, body.type()).orElseThrow(c::unexpected);
      body = c.applied(2, List.of(new Typed(x, state), new Typed(y, a.element())));
      if (!Coercions.can(body.type(), state)) {
        throw c.unexpected();
      }
    }
    if (!state.equals(a.element())) {
      throw SqlFailure.unsupported(
          c.node(), "reduce with a state of another type than the elements'");
    }
    String folded =
        "list_reduce("
            + c.arg(0).sql()
            + ", lambda "
            + x
            + ", "
            + y
            + ": "
            + Casts.coerce(c.node(), body, state).sql()
            + ", "
            + Casts.coerce(c.node(), start, state).sql()
            + ")";
    Typed output = c.applied(3, List.of(new Typed(folded, state)));
    return new Typed(output.sql(), output.type());
  }

  private static Typed zipWith(Call c) {
    c.sizes(3, 3);
    SqlType x = c.array(0).element();
    SqlType y = c.array(1).element();
    String a = c.arg(0).sql();
    String b = c.arg(1).sql();
    String n = c.parameter("i");
    Typed body =
        c.applied(
            2,
            List.of(
                new Typed("list_extract(" + a + ", " + n + ")", x),
                new Typed("list_extract(" + b + ", " + n + ")", y)));
    var type = new SqlType.Array(body.type());
    return new Typed(
        "CASE WHEN "
            + a
            + " IS NOT NULL AND "
            + b
            + " IS NOT NULL THEN "
            + Sql.cast(
                "list_transform(range(1, greatest(len("
                    + a
                    + "), len("
                    + b
                    + ")) + 1), lambda "
                    + n
                    + ": "
                    + body.sql()
                    + ")",
                type)
            + " END",
        type);
  }
}
