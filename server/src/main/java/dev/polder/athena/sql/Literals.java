package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.tree.BinaryLiteral;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.Literal;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.StringLiteral;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values written in a statement.
final class Literals {
  private static final Pattern DATE = Pattern.compile("\\s*(\\d{4})-(\\d{1,2})-(\\d{1,2})\\s*");
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\s*(\\d{4}-\\d{1,2}-\\d{1,2})(?: (\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:\\.(\\d{1,12}))?)?))?"
              + "(?:\\s*([+-]\\d{1,2}(?::\\d{2})?|[A-Za-z][A-Za-z0-9_/+-]*))?\\s*");
  private static final Pattern TIME =
      Pattern.compile("\\s*(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,12}))?)?\\s*");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d+(?:[ ]+\\d+)?(?::\\d+){0,3})(?:\\.(\\d{1,3}))?");
  private static final List<IntervalLiteral.IntervalField> FIELDS =
      List.of(
          IntervalLiteral.IntervalField.DAY,
          IntervalLiteral.IntervalField.HOUR,
          IntervalLiteral.IntervalField.MINUTE,
          IntervalLiteral.IntervalField.SECOND);
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private Literals() {}

  static Typed of(Literal literal) {
    return switch (literal) {
      case NullLiteral _ -> Typed.nothing();
      case BooleanLiteral b -> constant(b.getValue() ? "TRUE" : "FALSE", Simple.BOOLEAN);
      case LongLiteral l -> whole(l);
      case DoubleLiteral d -> constant("CAST('" + d.getValue() + "' AS DOUBLE)", Simple.DOUBLE);
      case DecimalLiteral d -> decimal(d, d.getValue());
      case StringLiteral s -> constant(Sql.literal(s.getValue()), new Varchar(s.length()));
      case BinaryLiteral b -> constant("unhex('" + b.toHexString() + "')", Simple.VARBINARY);
      case IntervalLiteral i -> interval(i);
      case GenericLiteral g -> generic(g);
      default -> throw SqlFailure.unsupported(literal, literal.getClass().getSimpleName());
    };
  }

  private static Typed constant(String sql, SqlType type) {
    return new Typed(sql, type, true);
  }

  private static Typed whole(LongLiteral l) {
    long value = l.getParsedValue();
    return value == (int) value
        ? constant(Sql.cast(Long.toString(value), Simple.INTEGER), Simple.INTEGER)
        : constant(Sql.cast("'" + value + "'", Simple.BIGINT), Simple.BIGINT);
  }

  static Typed decimal(Node at, String text) {
    BigDecimal value;
    try {
      value = new BigDecimal(text.trim());
    } catch (NumberFormatException e) {
      throw SqlFailure.at(at, "INVALID_LITERAL", "'" + text + "' is not a valid DECIMAL literal");
    }
    int scale = Math.max(0, value.scale());
    int precision = Math.max(1, Math.max(scale, value.precision() - Math.min(0, value.scale())));
    if (precision > 38) {
      throw SqlFailure.at(at, "INVALID_LITERAL", "'" + text + "' is not a valid DECIMAL literal");
    }
    var type = new Decimal(precision, scale);
    return constant(Sql.cast("'" + value.toPlainString() + "'", type), type);
  }

  private static Typed generic(GenericLiteral g) {
    String text = g.getValue();
    String name = g.getType().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "timestamp" -> moment(g, text);
      case "date" -> {
        Matcher m = DATE.matcher(text);
        yield constant("DATE '" + date(g, text, m) + "'", Simple.DATE);
      }
      case "time" -> time(g, text);
      case "decimal" -> decimal(g, text);
      case "json" ->
          new Typed("CAST(t_json_parse(" + Sql.literal(text) + ") AS JSON)", Simple.JSON);
      case "varchar" -> constant(Sql.literal(text), SqlType.VARCHAR);
      case "char" ->
          constant(
              Sql.literal(text.stripTrailing()),
              new SqlType.Char(text.codePointCount(0, text.length())));
      default -> typed(g, text);
    };
  }

  private static Typed typed(GenericLiteral g, String text) {
    SqlType type;
    try {
      type = TypeReader.read(g.getType());
    } catch (SqlFailure e) {
      throw SqlFailure.at(g, e.code(), String.valueOf(e.getMessage()));
    }
    if (type.isInteger()) {
      check(g, text, type);
    }
    Typed from = constant(Sql.literal(text), SqlType.VARCHAR);
    Typed value = Casts.explicit(g, from, type);
    // NaN, too, is written like this, and it is what comparisons with constants must not forget.
    return type == Simple.DOUBLE || type == Simple.REAL ? new Typed(value.sql(), type) : value;
  }

  private static void check(GenericLiteral g, String text, SqlType type) {
    try {
      long value = Long.parseLong(text);
      boolean fits =
          switch (type) {
            case Simple.TINYINT -> value == (byte) value;
            case Simple.SMALLINT -> value == (short) value;
            case Simple.INTEGER -> value == (int) value;
            default -> true;
          };
      if (fits) {
        return;
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal that a value out of range gets, too.
    }
    throw SqlFailure.at(
        g,
        "INVALID_LITERAL",
        "'" + text + "' is not a valid " + g.getType().toUpperCase(Locale.ROOT) + " literal");
  }

  private static LocalDate date(Node at, String text, Matcher m) {
    if (m.matches()) {
      try {
        return LocalDate.of(
            Integer.parseInt(m.group(1)),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3)));
      } catch (DateTimeException e) {
        throw bad(at, text, "date");
      }
    }
    throw bad(at, text, "date");
  }

  private static SqlFailure bad(Node at, String text, String type) {
    return SqlFailure.at(
        at, "INVALID_LITERAL", "'" + text + "' is not a valid " + type + " literal");
  }

  private static Typed time(Node at, String text) {
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      if (text.matches(".*\\d\\s*[+-].*")) {
        throw SqlFailure.unsupported(at, "time with time zone");
      }
      throw bad(at, text, "time");
    }
    LocalTime time = time(at, m, text);
    int precision = m.group(4) == null ? 0 : m.group(4).length();
    refuseNanos(at, precision);
    return constant("CAST('" + time + "' AS TIME)", new Time(precision));
  }

  private static LocalTime time(Node at, Matcher m, String text) {
    try {
      String fraction = m.group(4) == null ? "" : m.group(4);
      return LocalTime.of(
          Integer.parseInt(m.group(1)),
          Integer.parseInt(m.group(2)),
          m.group(3) == null ? 0 : Integer.parseInt(m.group(3)),
          Integer.parseInt((fraction + "000000000").substring(0, 9)));
    } catch (DateTimeException e) {
      throw bad(at, text, "time");
    }
  }

  private static void refuseNanos(Node at, int precision) {
    if (precision > 6) {
      throw SqlFailure.unsupported(at, "A precision of more than 6 digits");
    }
  }

  /// A timestamp, with time zone if the text ends in one.
  static Typed moment(Node at, String text) {
    Matcher m = MOMENT.matcher(text);
    if (!m.matches()) {
      throw bad(at, text, "timestamp");
    }
    LocalDate day = date(at, text, DATE.matcher(m.group(1)));
    LocalTime time = LocalTime.MIDNIGHT;
    if (m.group(2) != null) {
      Matcher clock = TIME.matcher(m.group(2));
      if (clock.matches()) {
        time = time(at, clock, text);
      }
    }
    int precision = m.group(3) == null ? 0 : m.group(3).length();
    refuseNanos(at, precision);
    LocalDateTime local = day.atTime(time);
    if (m.group(4) == null) {
      return constant("TIMESTAMP '" + TEXT.format(local) + "'", new Timestamp(precision));
    }
    String zone = Zones.named(at, m.group(4));
    Instant instant = local.atZone(ZoneId.of(zone)).toInstant();
    return constant(instant(instant), new TimestampTz(precision, zone));
  }

  /// An instant's text, to the microsecond.
  static String instant(Instant instant) {
    return "TIMESTAMP '" + TEXT.format(instant.atOffset(ZoneOffset.UTC)) + "'";
  }

  private static Typed interval(IntervalLiteral i) {
    long sign = i.getSign() == IntervalLiteral.Sign.NEGATIVE ? -1 : 1;
    String text = i.getValue().trim();
    try {
      if (i.isYearToMonth()) {
        return constant(
            Sql.cast(Long.toString(sign * months(i, text)), Simple.INTEGER), Simple.INTERVAL_YEAR);
      }
      long millis = Math.multiplyExact(sign, millis(i, text));
      return constant(Sql.cast("'" + millis + "'", Simple.BIGINT), Simple.INTERVAL_DAY);
    } catch (ArithmeticException | NumberFormatException e) {
      throw SqlFailure.at(i, "INVALID_LITERAL", "'" + text + "' is not a valid INTERVAL literal");
    }
  }

  private static long months(IntervalLiteral i, String text) {
    if (i.getEndField().isPresent() && text.contains("-")) {
      int dash = text.indexOf('-', 1);
      return 12 * Long.parseLong(text.substring(0, dash))
          + Long.parseLong(text.substring(dash + 1));
    }
    long value = Long.parseLong(text);
    return i.getStartField() == IntervalLiteral.IntervalField.YEAR ? 12 * value : value;
  }

  private static long millis(IntervalLiteral i, String text) {
    var start = i.getStartField();
    if (i.getEndField().isEmpty()) {
      BigDecimal unit = BigDecimal.valueOf(unit(start));
      return new BigDecimal(text).multiply(unit).setScale(0, RoundingMode.DOWN).longValueExact();
    }
    Matcher m = CLOCK.matcher(text);
    if (!m.matches()) {
      throw new NumberFormatException(text);
    }
    long millis = fraction(m.group(2));
    String[] parts = m.group(1).split("[ :]+");
    int first = FIELDS.indexOf(start);
    if (first + parts.length - 1 > FIELDS.indexOf(i.getEndField().get())) {
      throw new NumberFormatException(text);
    }
    for (int p = 0; p < parts.length; p++) {
      long value = Math.multiplyExact(Long.parseLong(parts[p]), unit(FIELDS.get(first + p)));
      millis = Math.addExact(millis, value);
    }
    return millis;
  }

  private static long fraction(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong((digits + "000").substring(0, 3));
  }

  private static long unit(IntervalLiteral.IntervalField field) {
    return switch (field) {
      case DAY -> 86_400_000L;
      case HOUR -> 3_600_000L;
      case MINUTE -> 60_000L;
      case SECOND -> 1000L;
      case YEAR, MONTH -> throw new NumberFormatException(field.name());
    };
  }
}
