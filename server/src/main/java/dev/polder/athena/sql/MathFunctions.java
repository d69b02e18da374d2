package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.LongLiteral;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Functions of numbers.
final class MathFunctions {
  private MathFunctions() {}

  static void add(Map<String, Function<Call, Typed>> all) {
    all.put("abs", MathFunctions::abs);
    all.put("ceil", c -> whole(c, "ceil"));
    all.put("ceiling", c -> whole(c, "ceil"));
    all.put("floor", c -> whole(c, "floor"));
    all.put("round", MathFunctions::round);
    all.put("truncate", MathFunctions::truncate);
    all.put("sign", MathFunctions::sign);
    all.put(
        "mod",
        c ->
            Operators.arithmetic(
                c.node(), ArithmeticBinaryExpression.Operator.MODULUS, c.arg(0), c.arg(1)));
    for (String power : List.of("pow", "power")) {
      all.put(power, c -> Typed.dbl("pow(" + c.number(0) + ", " + c.number(1) + ")"));
    }
    for (String name :
        List.of(
            "exp", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "degrees", "radians",
            "cbrt")) {
      all.put(name, c -> Typed.dbl(name + "(" + c.number(0) + ")"));
    }
    domain(all, "sqrt", "sqrt", "< 0", "'NaN'");
    domain(all, "asin", "asin", "NOT BETWEEN -1 AND 1", "'NaN'");
    domain(all, "acos", "acos", "NOT BETWEEN -1 AND 1", "'NaN'");
    logarithm(all, "ln", "ln");
    logarithm(all, "log2", "log2");
    logarithm(all, "log10", "log10");
    all.put("log", c -> Typed.dbl("ln(" + c.number(1) + ") / ln(" + c.number(0) + ")"));
    all.put("atan2", c -> Typed.dbl("atan2(" + c.number(0) + ", " + c.number(1) + ")"));
    all.put("pi", c -> Typed.dbl("pi()"));
    all.put("e", c -> Typed.dbl("exp(1)"));
    all.put("nan", c -> Typed.dbl("'NaN'"));
    all.put("infinity", c -> Typed.dbl("'Infinity'"));
    all.put("is_nan", c -> Typed.bool("isnan(" + floating(c) + ")"));
    all.put("is_finite", c -> Typed.bool("isfinite(" + c.number(0) + ")"));
    all.put("is_infinite", c -> Typed.bool("isinf(" + c.number(0) + ")"));
    all.put("rand", MathFunctions::random);
    all.put("random", MathFunctions::random);
    all.put("greatest", c -> extreme(c, "greatest"));
    all.put("least", c -> extreme(c, "least"));
    bits(all);
    all.put("to_base", c -> Typed.text("t_to_base(" + c.whole(0) + ", " + c.whole(1) + ")"));
    all.put("from_base", c -> Typed.bigint("t_from_base(" + c.text(0) + ", " + c.whole(1) + ")"));
  }

  private static void domain(
      Map<String, Function<Call, Typed>> all,
      String name,
      String duck,
      String outside,
      String value) {
    all.put(
        name,
        c -> {
          String x = c.number(0);
          return Typed.dbl(
              "CASE WHEN "
                  + x
                  + " "
                  + outside
                  + " THEN CAST("
                  + value
                  + " AS DOUBLE) ELSE "
                  + duck
                  + "("
                  + x
                  + ") END");
        });
  }

  private static void logarithm(Map<String, Function<Call, Typed>> all, String name, String duck) {
    all.put(
        name,
        c -> {
          String x = c.number(0);
          return Typed.dbl(
              "CASE WHEN "
                  + x
                  + " = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN "
                  + x
                  + " < 0 THEN CAST('NaN' AS DOUBLE) ELSE "
                  + duck
                  + "("
                  + x
                  + ") END");
        });
  }

  private static void bits(Map<String, Function<Call, Typed>> all) {
    all.put("bitwise_and", c -> Typed.bigint("(" + c.whole(0) + " & " + c.whole(1) + ")"));
    all.put("bitwise_or", c -> Typed.bigint("(" + c.whole(0) + " | " + c.whole(1) + ")"));
    all.put("bitwise_xor", c -> Typed.bigint("xor(" + c.whole(0) + ", " + c.whole(1) + ")"));
    all.put("bitwise_not", c -> Typed.bigint("(~" + c.whole(0) + ")"));
  }

  private static String floating(Call c) {
    return c.type(0) == Simple.REAL ? c.arg(0).sql() : c.number(0);
  }

  private static Typed abs(Call c) {
    c.sizes(1, 1);
    if (c.arg(0).isNull()) {
      return new Typed(c.number(0), Simple.DOUBLE);
    }
    return new Typed(Sql.cast("abs(" + numeric(c) + ")", c.type(0)), c.type(0));
  }

  private static String numeric(Call c) {
    if (!c.type(0).isNumeric()) {
      throw c.unexpected();
    }
    return c.arg(0).sql();
  }

  private static Typed whole(Call c, String name) {
    c.sizes(1, 1);
    if (c.arg(0).isNull()) {
      return new Typed(c.number(0), Simple.DOUBLE);
    }
    String value = numeric(c);
    if (c.type(0).isInteger()) {
      return c.arg(0);
    }
    SqlType type = c.type(0) instanceof Decimal d ? rounded(d) : c.type(0);
    return new Typed(Sql.cast(name + "(" + value + ")", type), type);
  }

  private static Decimal rounded(Decimal d) {
    return new Decimal(
        Math.max(1, Math.min(38, d.precision() - d.scale() + Math.min(1, d.scale()))), 0);
  }

  private static Typed round(Call c) {
    c.sizes(1, 2);
    if (c.arg(0).isNull()) {
      return new Typed(c.number(0), Simple.DOUBLE);
    }
    String value = numeric(c);
    SqlType type = c.type(0);
    if (c.size() == 1) {
      return roundWhole(c, value);
    }
    String digits = c.as(1, Simple.INTEGER);
    if (type instanceof Decimal d) {
      return roundDecimal(c, d, value);
    }
    return new Typed(
        type.isInteger()
            ? roundInteger(value, digits, type)
            : Sql.cast("t_round(CAST(" + value + " AS DOUBLE), " + digits + ")", type),
        type);
  }

  private static Typed roundWhole(Call c, String value) {
    SqlType type = c.type(0);
    if (type.isInteger()) {
      return c.arg(0);
    }
    String rounded = "round(" + value + ")";
    if (type instanceof Decimal d) {
      return new Typed(Sql.cast(rounded, rounded(d)), rounded(d));
    }
    // Adding zero makes a zero of a negative one.
    return new Typed(Sql.cast(type.isNumeric() ? "(" + rounded + " + 0)" : rounded, type), type);
  }

  private static String roundInteger(String value, String digits, SqlType type) {
    String inReach =
        "(abs(CAST(" + value + " AS HUGEINT)) < 4000000000000000000 AND " + digits + " > -18)";
    return "CASE WHEN "
        + digits
        + " >= 0 THEN "
        + value
        + " ELSE "
        + Sql.guarded(
            inReach,
            Sql.cast("round(" + value + ", " + digits + ")", type),
            "NUMERIC_VALUE_OUT_OF_RANGE",
            "'round of a number this large'")
        + " END";
  }

  /// The digits must be a constant: DuckDB fixes the scale of what it gives by them.
  private static Typed roundDecimal(Call c, Decimal d, String value) {
    var type = new Decimal(Math.min(38, d.precision() + 1), d.scale());
    int digits = constant(c, 1);
    if (digits < 0) {
      throw SqlFailure.unsupported(c.node(), "round of a decimal to tens and more");
    }
    if (digits >= d.scale()) {
      return new Typed(Sql.cast(value, type), type);
    }
    return new Typed(Sql.cast("round(" + value + ", " + digits + ")", type), type);
  }

  private static int constant(Call c, int index) {
    boolean negative =
        c.expression(index) instanceof ArithmeticUnaryExpression u
            && u.getSign() == ArithmeticUnaryExpression.Sign.MINUS;
    var literal =
        c.expression(index) instanceof ArithmeticUnaryExpression u
            ? u.getValue()
            : c.expression(index);
    if (!(literal instanceof LongLiteral l) || l.getParsedValue() > 100) {
      throw SqlFailure.unsupported(
          c.node(), c.name() + " of a decimal to a number of digits that is not a constant");
    }
    return (int) (negative ? -l.getParsedValue() : l.getParsedValue());
  }

  private static Typed truncate(Call c) {
    c.sizes(1, 2);
    String value = numeric(c);
    SqlType type = c.type(0);
    if (c.size() == 2) {
      throw SqlFailure.unsupported(c.node(), "truncate to a number of digits");
    }
    SqlType to =
        type instanceof Decimal d ? new Decimal(Math.max(1, d.precision() - d.scale()), 0) : type;
    if (type.isInteger()) {
      throw c.unexpected();
    }
    return new Typed(Sql.cast("trunc(" + value + ")", to), to);
  }

  private static Typed sign(Call c) {
    c.sizes(1, 1);
    if (c.arg(0).isNull()) {
      return new Typed(c.number(0), Simple.DOUBLE);
    }
    String value = numeric(c);
    SqlType to = c.type(0) instanceof Decimal ? new Decimal(1, 0) : c.type(0);
    boolean floats = to == Simple.DOUBLE || to == Simple.REAL;
    String sign = Sql.cast("sign(" + value + ")", to);
    return new Typed(
        floats ? "CASE WHEN isnan(" + value + ") THEN " + value + " ELSE " + sign + " END" : sign,
        to);
  }

  private static Typed random(Call c) {
    c.sizes(0, 2);
    return switch (c.size()) {
      case 0 -> new Typed("random()", Simple.DOUBLE);
      case 1 -> integerBelow(c, "0", c.arg(0));
      default -> integerBelow(c, c.whole(0), c.arg(1));
    };
  }

  private static Typed integerBelow(Call c, String from, Typed to) {
    if (!to.type().isInteger()) {
      throw c.unexpected();
    }
    return new Typed(
        Sql.cast("(" + from + " + floor(random() * (" + to.sql() + " - " + from + ")))", to.type()),
        to.type());
  }

  /// Null if any of them is.
  private static Typed extreme(Call c, String name) {
    c.sizes(1, 127);
    List<Typed> values =
        ExpressionTranslator.unified(c.node(), c.args(), "All arguments must have the same type");
    if (!values.getFirst().type().isOrderable()) {
      throw c.unexpected();
    }
    if (values.getFirst().type() == Simple.DOUBLE || values.getFirst().type() == Simple.REAL) {
      return floats(values, name);
    }
    if (values.getFirst().type() instanceof SqlType.Row
        || values.getFirst().type() instanceof SqlType.Array) {
      throw SqlFailure.unsupported(c.node(), name + " of nested values");
    }
    return new Typed(
        "CASE WHEN "
            + nulls(values)
            + " THEN NULL ELSE "
            + name
            + "("
            + ExpressionTranslator.list(values)
            + ") END",
        values.getFirst().type());
  }

  private static String nulls(List<Typed> values) {
    return String.join(" OR ", values.stream().map(v -> v.sql() + " IS NULL").toList());
  }

  /// NaN counts only where there is nothing else.
  private static Typed floats(List<Typed> values, String name) {
    SqlType type = values.getFirst().type();
    List<String> numbers =
        values.stream()
            .map(v -> "CASE WHEN NOT isnan(" + v.sql() + ") THEN " + v.sql() + " END")
            .toList();
    return new Typed(
        "CASE WHEN "
            + nulls(values)
            + " THEN NULL ELSE coalesce("
            + name
            + "("
            + String.join(", ", numbers)
            + "), "
            + Sql.cast("'NaN'", type)
            + ") END",
        type);
  }
}
