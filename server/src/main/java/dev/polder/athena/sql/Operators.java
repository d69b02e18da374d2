package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arithmetic and comparison with Trino's types, rounding and failures.
final class Operators {
  private Operators() {}

  /// A comparison of two values of types that have something in common.
  static Typed compare(Node at, ComparisonExpression.Operator op, Typed a, Typed b) {
    SqlType type =
        Coercions.common(a.type(), b.type())
            .orElseThrow(() ->
                SqlFailure.mismatch(
                    at,
                    "Cannot apply operator: " + a.type() + " " + op.getValue() + " " + b.type()));
    boolean order =
        switch (op) {
          case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM -> false;
          case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
        };
    if (order && type instanceof SqlType.Char) {
      throw SqlFailure.unsupported(at, "The order of char");
    }
    if (order && !type.isOrderable()) {
      throw SqlFailure.mismatch(
          at, "Cannot apply operator: " + a.type() + " " + op.getValue() + " " + b.type());
    }
    return Typed.bool(
        compare(
            at,
            op,
            Casts.coerce(at, a, type).sql(),
            Casts.coerce(at, b, type).sql(),
            type,
            a.constant(),
            b.constant()));
  }

  private static String compare(
      Node at,
      ComparisonExpression.Operator op,
      String a,
      String b,
      SqlType type,
      boolean constA,
      boolean constB) {
    if (op == ComparisonExpression.Operator.IS_DISTINCT_FROM) {
      return "(" + a + " IS DISTINCT FROM " + b + ")";
    }
    boolean equality =
        op == ComparisonExpression.Operator.EQUAL || op == ComparisonExpression.Operator.NOT_EQUAL;
    if (type instanceof SqlType.Row row) {
      if (!equality) {
        throw SqlFailure.unsupported(at, "The order of rows");
      }
      return rows(at, op, a, b, row);
    }
    if (type instanceof SqlType.Array array && equality) {
      return arrays(at, op, a, b, array);
    }
    if (type instanceof SqlType.Map) {
      throw SqlFailure.unsupported(at, "The comparison of maps");
    }
    String plain = "(" + a + " " + op.getValue() + " " + b + ")";
    if (type != Simple.DOUBLE && type != Simple.REAL) {
      return plain;
    }
    return number(op, a, b, plain, constA, constB);
  }

  /// DuckDB gives NaN an order and equality of its own; IEEE and Trino do not.
  private static String number(
      ComparisonExpression.Operator op,
      String a,
      String b,
      String plain,
      boolean constA,
      boolean constB) {
    if (op == ComparisonExpression.Operator.EQUAL) {
      String side = constA ? b : a;
      return constA || constB ? plain : "(" + plain + " AND NOT isnan(" + side + "))";
    }
    if (op == ComparisonExpression.Operator.NOT_EQUAL) {
      return constA || constB ? plain : "(" + plain + " OR isnan(" + a + "))";
    }
    var text = new StringBuilder("(").append(plain);
    if (!constA) {
      text.append(" AND NOT isnan(").append(a).append(")");
    }
    if (!constB) {
      text.append(" AND NOT isnan(").append(b).append(")");
    }
    return text.append(")").toString();
  }

  /// Equal where all elements are, unequal where one is, unknown where a null decides.
  private static String arrays(
      Node at, ComparisonExpression.Operator op, String a, String b, SqlType.Array array) {
    String q = "q" + a.length() + "_";
    String each =
        compare(
            at,
            ComparisonExpression.Operator.EQUAL,
            "list_extract(" + a + ", " + q + ")",
            "list_extract(" + b + ", " + q + ")",
            array.element(),
            false,
            false);
    String all = "list_transform(range(1, len(" + a + ") + 1), lambda " + q + ": " + each + ")";
    String equal =
        "CASE WHEN len("
            + a
            + ") <> len("
            + b
            + ") OR list_contains("
            + all
            + ", FALSE) THEN FALSE WHEN list_count("
            + all
            + ") < len("
            + a
            + ") OR "
            + a
            + " IS NULL OR "
            + b
            + " IS NULL THEN NULL ELSE TRUE END";
    return op == ComparisonExpression.Operator.EQUAL ? equal : "(NOT " + equal + ")";
  }

  /// Milliseconds between two instants, rounded half up where there are finer digits.
  private static String difference(String x, String y, SqlType type) {
    String micros = "(epoch_us(" + x + ") - epoch_us(" + y + "))";
    int precision =
        switch (type) {
          case Timestamp t -> t.precision();
          case TimestampTz t -> t.precision();
          default -> 0;
        };
    return precision <= 3
        ? "(" + micros + " // 1000)"
        : "(sign(" + micros + ") * ((abs(" + micros + ") + 500) // 1000))";
  }

  /// Text that is true where two values of a type are equal.
  static String equal(Node at, String a, String b, SqlType type) {
    return compare(at, ComparisonExpression.Operator.EQUAL, a, b, type, false, false);
  }

  private static String rows(
      Node at, ComparisonExpression.Operator op, String a, String b, SqlType.Row row) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      String field = Sql.literal(row.duckName(i));
      parts.add(
          compare(
              at,
              ComparisonExpression.Operator.EQUAL,
              "struct_extract(" + a + ", " + field + ")",
              "struct_extract(" + b + ", " + field + ")",
              row.fields().get(i).type(),
              false,
              false));
    }
    String all = "(" + String.join(" AND ", parts) + ")";
    return op == ComparisonExpression.Operator.EQUAL ? all : "(NOT " + all + ")";
  }

  /// `a op b`.
  static Typed arithmetic(Node at, ArithmeticBinaryExpression.Operator op, Typed a, Typed b) {
    if (a.isNull() && b.isNull()) {
      return new Typed("CAST(NULL AS INTEGER)", Simple.UNKNOWN);
    }
    if (a.isNull() && b.type().isNumeric()) {
      return arithmetic(at, op, Casts.explicit(at, a, b.type()), b);
    }
    if (b.isNull() && a.type().isNumeric()) {
      return arithmetic(at, op, a, Casts.explicit(at, b, a.type()));
    }
    if (!a.type().isNumeric() || !b.type().isNumeric()) {
      return moment(at, op, a, b);
    }
    SqlType type = Coercions.common(a.type(), b.type()).orElseThrow();
    if (type instanceof Decimal) {
      return decimal(at, op, a, b);
    }
    String x = Casts.coerce(at, a, type).sql();
    String y = Casts.coerce(at, b, type).sql();
    return new Typed(
        type.isInteger() ? whole(op, x, y, b.constant()) : floating(op, x, y, type), type);
  }

  private static String whole(
      ArithmeticBinaryExpression.Operator op, String x, String y, boolean constant) {
    String sign =
        switch (op) {
          case ADD -> "+";
          case SUBTRACT -> "-";
          case MULTIPLY -> "*";
          case DIVIDE -> "//";
          case MODULUS -> "%";
        };
    String plain = "(" + x + " " + sign + " " + y + ")";
    boolean divides = sign.equals("//") || sign.equals("%");
    return !divides || constant && !y.contains("(0 ") ? plain : byZero(y, plain);
  }

  private static String byZero(String divisor, String value) {
    return "CASE WHEN "
        + divisor
        + " = 0 THEN "
        + Sql.raise("DIVISION_BY_ZERO", "'Division by zero'")
        + " ELSE "
        + value
        + " END";
  }

  private static String floating(
      ArithmeticBinaryExpression.Operator op, String x, String y, SqlType type) {
    return switch (op) {
      case ADD -> "(" + x + " + " + y + ")";
      case SUBTRACT -> "(" + x + " - " + y + ")";
      case MULTIPLY -> "(" + x + " * " + y + ")";
      case DIVIDE -> Sql.cast("(" + x + " / " + y + ")", type);
      case MODULUS -> Sql.cast("fmod(" + x + ", " + y + ")", type);
    };
  }

  private static Typed decimal(Node at, ArithmeticBinaryExpression.Operator op, Typed a, Typed b) {
    Decimal x = Coercions.decimal(a.type());
    Decimal y = Coercions.decimal(b.type());
    String p = Casts.coerce(at, a, x).sql();
    String q = Casts.coerce(at, b, y).sql();
    int scale = Math.max(x.scale(), y.scale());
    int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
    return switch (op) {
      case ADD, SUBTRACT -> {
        var type = new Decimal(Math.min(38, whole + scale + 1), scale);
        String sign = op == ArithmeticBinaryExpression.Operator.ADD ? " + " : " - ";
        yield new Typed(
            Sql.cast("(" + Sql.cast(p, type) + sign + Sql.cast(q, type) + ")", type), type);
      }
      case MULTIPLY -> {
        var type = product(at, x, y);
        yield new Typed(Sql.cast("(" + p + " * " + q + ")", type), type);
      }
      case DIVIDE -> {
        int precision = x.precision() + y.scale() + Math.max(y.scale() - x.scale(), 0);
        var type = new Decimal(Math.min(38, precision), scale);
        String n = unscaled(p, x, scale - x.scale() + y.scale());
        yield new Typed(byZero(q, divided(n, unscaled(q, y, 0), type)), type);
      }
      case MODULUS -> {
        int least = Math.min(y.precision() - y.scale(), x.precision() - x.scale());
        var type = new Decimal(least + scale, scale);
        String left = unscaled(p, x, scale - x.scale());
        String right = unscaled(q, y, scale - y.scale());
        yield new Typed(byZero(q, scaled("(" + left + " % " + right + ")", type)), type);
      }
    };
  }

  private static Decimal product(Node at, Decimal x, Decimal y) {
    int scale = x.scale() + y.scale();
    if (scale > 38) {
      throw SqlFailure.at(
          at,
          "INVALID_FUNCTION_ARGUMENT",
          "DECIMAL scale must be in range [0, precision (38)]: " + scale);
    }
    return new Decimal(Math.min(38, x.precision() + y.precision()), scale);
  }

  /// The digits of a decimal as a whole number, with `more` zeros behind.
  static String unscaled(String sql, Decimal type, int more) {
    String digits =
        type.scale() == 0
            ? "CAST(" + sql + " AS HUGEINT)"
            : "CAST(CAST("
                + sql
                + " AS DECIMAL(38,"
                + type.scale()
                + ")) * CAST('"
                + power(type.scale())
                + "' AS DECIMAL("
                + Math.min(38, type.scale() + 1)
                + ",0)) AS HUGEINT)";
    return more == 0 ? digits : "(" + digits + " * CAST('" + power(more) + "' AS HUGEINT))";
  }

  /// `n / d` rounded half away from zero, as Trino divides decimals.
  static String divided(String n, String d, Decimal type) {
    String half = "((abs(" + n + ") * 2 + abs(" + d + ")) // (abs(" + d + ") * 2))";
    return scaled(
        "CASE WHEN (" + n + " < 0) = (" + d + " < 0) THEN " + half + " ELSE -" + half + " END",
        type);
  }

  private static String scaled(String digits, Decimal type) {
    String whole = "CAST(" + digits + " AS DECIMAL(38,0))";
    if (type.scale() == 0) {
      return Sql.cast(whole, type);
    }
    String unit =
        "CAST('0."
            + "0".repeat(type.scale() - 1)
            + "1' AS DECIMAL("
            + type.scale()
            + ","
            + type.scale()
            + "))";
    return Sql.cast("(" + whole + " * " + unit + ")", type);
  }

  private static BigInteger power(int exponent) {
    return BigInteger.TEN.pow(exponent);
  }

  private static Typed moment(Node at, ArithmeticBinaryExpression.Operator op, Typed a, Typed b) {
    Typed found =
        switch (op) {
          case ADD ->
              isInterval(b.type()) ? plus(a, b, 1) : isInterval(a.type()) ? plus(b, a, 1) : null;
          case SUBTRACT -> isInterval(b.type()) ? plus(a, b, -1) : difference(at, a, b);
          case MULTIPLY ->
              isInterval(a.type())
                  ? scaled(at, a, b, "*")
                  : isInterval(b.type()) ? scaled(at, b, a, "*") : null;
          case DIVIDE -> isInterval(a.type()) ? scaled(at, a, b, "/") : null;
          case MODULUS -> null;
        };
    if (found == null) {
      throw SqlFailure.mismatch(
          at, "Cannot apply operator: " + a.type() + " " + op.getValue() + " " + b.type());
    }
    return found;
  }

  static boolean isInterval(SqlType type) {
    return type == Simple.INTERVAL_DAY || type == Simple.INTERVAL_YEAR;
  }

  private static @Nullable Typed plus(Typed a, Typed interval, int sign) {
    String amount = sign < 0 ? "(-" + interval.sql() + ")" : interval.sql();
    return interval.type() == Simple.INTERVAL_YEAR ? plusMonths(a, amount) : plusMillis(a, amount);
  }

  private static @Nullable Typed plusMonths(Typed a, String amount) {
    String months = "to_months(" + amount + ")";
    return switch (a.type()) {
      case Simple.INTERVAL_YEAR -> new Typed("(" + a.sql() + " + " + amount + ")", a.type());
      case Simple.DATE -> new Typed("CAST(" + a.sql() + " + " + months + " AS DATE)", a.type());
      case Timestamp t -> new Typed("(" + a.sql() + " + " + months + ")", t);
      case TimestampTz t -> {
        String local = "(" + Zones.local(a.sql(), t.zone()) + " + " + months + ")";
        yield new Typed(Zones.instant(local, t.zone()), t);
      }
      default -> null;
    };
  }

  private static @Nullable Typed plusMillis(Typed a, String amount) {
    String sum = "(" + a.sql() + " + to_milliseconds(" + amount + "))";
    return switch (a.type()) {
      case Simple.INTERVAL_DAY -> new Typed("(" + a.sql() + " + " + amount + ")", a.type());
      case Simple.DATE -> new Typed(plusDays(a.sql(), amount), a.type());
      case Time t -> new Typed(sum, new Time(Math.max(3, t.precision())));
      case Timestamp t -> new Typed(sum, new Timestamp(Math.max(3, t.precision())));
      case TimestampTz t -> new Typed(sum, new TimestampTz(Math.max(3, t.precision()), t.zone()));
      default -> null;
    };
  }

  private static String plusDays(String date, String millis) {
    return "CASE WHEN "
        + millis
        + " % 86400000 <> 0 THEN "
        + Sql.raise("INVALID_FUNCTION_ARGUMENT", "'Cannot add hour, minutes or seconds to a date'")
        + " ELSE "
        + date
        + " + CAST("
        + millis
        + " // 86400000 AS INTEGER) END";
  }

  private static @Nullable Typed difference(Node at, Typed a, Typed b) {
    var common = Coercions.common(a.type(), b.type());
    if (common.isEmpty()) {
      return a.type() instanceof TimestampTz && b.type() instanceof TimestampTz
          ? new Typed(
              "((epoch_us(" + a.sql() + ") - epoch_us(" + b.sql() + ")) // 1000)",
              Simple.INTERVAL_DAY)
          : null;
    }
    SqlType type = common.get();
    String x = Casts.coerce(at, a, type).sql();
    String y = Casts.coerce(at, b, type).sql();
    return switch (type) {
      case Simple.DATE ->
          new Typed("(CAST(" + x + " - " + y + " AS BIGINT) * 86400000)", Simple.INTERVAL_DAY);
      case Timestamp _, TimestampTz _ -> new Typed(difference(x, y, type), Simple.INTERVAL_DAY);
      case Time _ -> throw SqlFailure.unsupported(at, "The difference of two times");
      default -> null;
    };
  }

  private static @Nullable Typed scaled(Node at, Typed interval, Typed number, String sign) {
    if (!number.type().isNumeric()) {
      return null;
    }
    String by = Casts.explicit(at, number, Simple.DOUBLE).sql();
    if (number.type().isInteger()) {
      String plain =
          "(" + interval.sql() + " " + (sign.equals("/") ? "//" : sign) + " " + number.sql() + ")";
      String value = Sql.cast(plain, interval.type());
      return new Typed(sign.equals("/") ? byZero(number.sql(), value) : value, interval.type());
    }
    return new Typed(
        Sql.cast("trunc(" + interval.sql() + " " + sign + " " + by + ")", interval.type()),
        interval.type());
  }

  /// `-value`.
  static Typed negated(Node at, Typed value) {
    if (!value.type().isNumeric() && !isInterval(value.type()) && !value.isNull()) {
      throw SqlFailure.mismatch(at, "Cannot negate " + value.type());
    }
    return new Typed("(-" + value.sql() + ")", value.type(), value.constant());
  }
}
