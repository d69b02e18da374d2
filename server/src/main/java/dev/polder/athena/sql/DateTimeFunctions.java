package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Extract;
import io.trino.sql.tree.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Functions of dates, times and timestamps. The session's zone is UTC.
final class DateTimeFunctions {
  private static final List<String> DAYS = List.of("day", "week", "month", "quarter", "year");
  private static final List<String> PARTS =
      List.of(
          "year",
          "quarter",
          "month",
          "week",
          "week_of_year",
          "day",
          "day_of_month",
          "day_of_week",
          "dow",
          "day_of_year",
          "doy",
          "year_of_week",
          "yow",
          "hour",
          "minute",
          "second",
          "millisecond",
          "timezone_hour",
          "timezone_minute");
  private static final List<String> CLOCK = List.of("millisecond", "second", "minute", "hour");

  private DateTimeFunctions() {}

  static void add(Map<String, Function<Call, Typed>> all) {
    for (String part : PARTS) {
      all.put(
          part,
          c -> {
            c.sizes(1, 1);
            return part(c.node(), part, c.arg(0));
          });
    }
    all.put("now", c -> Casts.explicit(c.node(), c.in().now(), new TimestampTz(3, SqlType.UTC)));
    all.put("current_timezone", _ -> new Typed("'UTC'", SqlType.VARCHAR, true));
    all.put("date", c -> Casts.explicit(c.node(), c.arg(0), Simple.DATE));
    all.put("date_trunc", DateTimeFunctions::trunc);
    all.put("date_add", DateTimeFunctions::add);
    all.put("date_diff", DateTimeFunctions::diff);
    all.put(
        "last_day_of_month",
        c -> new Typed("last_day(" + local(c.node(), c.arg(0)) + ")", Simple.DATE));
    all.put("at_timezone", c -> Moments.atZone(c.node(), c.arg(0), constantZone(c, 1)));
    all.put("with_timezone", DateTimeFunctions::withZone);
    addNumbers(all);
    addTexts(all);
  }

  private static void addNumbers(Map<String, Function<Call, Typed>> all) {
    all.put("from_unixtime", DateTimeFunctions::fromUnix);
    all.put("to_unixtime", c -> Typed.dbl("(epoch_us(" + moment(c, 0) + ") / 1000000.0::DOUBLE)"));
    all.put(
        "to_milliseconds",
        c -> {
          if (c.type(0) != Simple.INTERVAL_DAY) {
            throw c.unexpected();
          }
          return Typed.bigint(c.arg(0).sql());
        });
  }

  private static void addTexts(Map<String, Function<Call, Typed>> all) {
    all.put("to_iso8601", DateTimeFunctions::toIso);
    all.put("from_iso8601_date", c -> new Typed("t_iso_date(" + c.text(0) + ")", Simple.DATE));
    all.put("from_iso8601_timestamp", DateTimeFunctions::fromIso);
    all.put("date_format", c -> Typed.text("t_date_format(" + millis(c) + ", " + c.text(1) + ")"));
    all.put(
        "date_parse",
        c -> new Typed("t_date_parse(" + c.text(0) + ", " + c.text(1) + ")", new Timestamp(3)));
    all.put(
        "format_datetime",
        c -> {
          String zone = Sql.literal(zone(c.type(0)));
          return Typed.text(
              "t_format_datetime(" + millis(c) + ", " + c.text(1) + ", " + zone + ")");
        });
    all.put(
        "parse_datetime",
        c ->
            new Typed(
                "t_parse_datetime(" + c.text(0) + ", " + c.text(1) + ")",
                new TimestampTz(3, SqlType.UTC)));
  }

  private static String zone(SqlType type) {
    return type instanceof TimestampTz t ? t.zone() : SqlType.UTC;
  }

  private static String constantZone(Call c, int index) {
    return Zones.named(
        c.node(),
        c.constant(index)
            .orElseThrow(
                () -> SqlFailure.unsupported(c.node(), "A time zone that is not a constant")));
  }

  private static Typed withZone(Call c) {
    if (!(c.type(0) instanceof Timestamp t)) {
      throw c.unexpected();
    }
    String zone = constantZone(c, 1);
    return new Typed(Zones.instant(c.arg(0).sql(), zone), new TimestampTz(t.precision(), zone));
  }

  /// A date, timestamp or instant as the date and time that is seen.
  private static String local(Node at, Typed value) {
    return switch (value.type()) {
      case Simple.DATE -> "CAST(" + value.sql() + " AS TIMESTAMP)";
      case Timestamp _ -> value.sql();
      case TimestampTz t -> Casts.local(value.sql(), t);
      case Simple.UNKNOWN -> "CAST(NULL AS TIMESTAMP)";
      default ->
          throw SqlFailure.at(
              at,
              "FUNCTION_NOT_FOUND",
              "Unexpected parameters (" + value.type() + ") for a function of dates and times");
    };
  }

  /// The same rounded to milliseconds, all that Joda's formats see.
  private static String millis(Call c) {
    int precision =
        switch (c.type(0)) {
          case Timestamp t -> t.precision();
          case TimestampTz t -> t.precision();
          default -> 0;
        };
    String local = local(c.node(), c.arg(0));
    return precision > 3
        ? Casts.explicit(c.node(), new Typed(local, new Timestamp(precision)), new Timestamp(3))
            .sql()
        : local;
  }

  /// The same as an instant.
  private static String moment(Call c, int index) {
    return c.type(index) instanceof TimestampTz
        ? c.arg(index).sql()
        : local(c.node(), c.arg(index));
  }

  static Typed extract(Extract at, Typed value) {
    return part(at, at.getField().name().toLowerCase(Locale.ROOT), value);
  }

  private static Typed part(Node at, String unit, Typed value) {
    if (unit.startsWith("timezone")) {
      return zonePart(at, unit, value);
    }
    if (value.type() == Simple.INTERVAL_DAY || value.type() == Simple.INTERVAL_YEAR) {
      return intervalPart(at, unit, value);
    }
    boolean clock = CLOCK.contains(unit);
    if (value.type() instanceof Time) {
      if (!clock) {
        throw mismatch(at, unit, value);
      }
      return Typed.bigint(clockPart(unit, "(DATE '2000-01-01' + " + value.sql() + ")"));
    }
    if (value.type() == Simple.DATE && clock) {
      throw mismatch(at, unit, value);
    }
    if (!(value.type() == Simple.DATE
        || value.type() instanceof Timestamp
        || value.type() instanceof TimestampTz
        || value.isNull())) {
      throw mismatch(at, unit, value);
    }
    String local = value.type() == Simple.DATE ? value.sql() : local(at, value);
    return new Typed(
        clock ? clockPart(unit, local) : datePart(unit) + "(" + local + ")", Simple.BIGINT);
  }

  private static SqlFailure mismatch(Node at, String unit, Typed value) {
    return SqlFailure.mismatch(
        at, "Cannot extract " + unit.toUpperCase(Locale.ROOT) + " from " + value.type());
  }

  private static String clockPart(String unit, String local) {
    return unit.equals("millisecond")
        ? "(millisecond(" + local + ") % 1000)"
        : unit + "(" + local + ")";
  }

  private static String datePart(String unit) {
    return switch (unit) {
      case "day_of_month", "day" -> "day";
      case "day_of_week", "dow" -> "isodow";
      case "day_of_year", "doy" -> "dayofyear";
      case "week", "week_of_year" -> "weekofyear";
      case "year_of_week", "yow" -> "isoyear";
      default -> unit;
    };
  }

  private static Typed zonePart(Node at, String unit, Typed value) {
    if (!(value.type() instanceof TimestampTz t)) {
      throw mismatch(at, unit, value);
    }
    String minutes = Zones.offsetMinutes(value.sql(), t.zone());
    String part =
        unit.equals("timezone_hour") ? "(" + minutes + " // 60)" : "(" + minutes + " % 60)";
    return Typed.bigint("CASE WHEN " + value.sql() + " IS NOT NULL THEN " + part + " END");
  }

  private static Typed intervalPart(Node at, String unit, Typed value) {
    String v = value.sql();
    String part =
        value.type() == Simple.INTERVAL_YEAR
            ? switch (unit) {
              case "year" -> v + " // 12";
              case "month" -> v + " % 12";
              default -> throw mismatch(at, unit, value);
            }
            : switch (unit) {
              case "day", "day_of_month" -> v + " // 86400000";
              case "hour" -> v + " % 86400000 // 3600000";
              case "minute" -> v + " % 3600000 // 60000";
              case "second" -> v + " % 60000 // 1000";
              case "millisecond" -> v + " % 1000";
              default -> throw mismatch(at, unit, value);
            };
    return Typed.bigint("(" + part + ")");
  }

  private static Typed fromUnix(Call c) {
    c.sizes(1, 2);
    String zone = c.size() == 2 ? constantZone(c, 1) : SqlType.UTC;
    Typed value = c.arg(0);
    if (value.type().isInteger()) {
      return new Typed(
          "make_timestamp(CAST(" + value.sql() + " AS BIGINT) * 1000000)",
          new TimestampTz(3, zone));
    }
    return new Typed(
        "make_timestamp(CAST(round(" + c.number(0) + " * 1000) AS BIGINT) * 1000)",
        new TimestampTz(3, zone));
  }

  private static String unit(Call c) {
    String unit =
        c.constant(0)
            .map(u -> u.toLowerCase(Locale.ROOT))
            .orElseThrow(() -> SqlFailure.unsupported(c.node(), "A unit that is not a constant"));
    if (!DAYS.contains(unit) && !CLOCK.contains(unit)) {
      throw SqlFailure.at(
          c.node(), "INVALID_FUNCTION_ARGUMENT", "'" + unit + "' is not a valid field");
    }
    return unit;
  }

  private static void check(Call c, String unit, SqlType type) {
    boolean wrong =
        type == Simple.DATE && CLOCK.contains(unit) || type instanceof Time && DAYS.contains(unit);
    if (wrong) {
      throw SqlFailure.at(
          c.node(),
          "INVALID_FUNCTION_ARGUMENT",
          "'" + unit + "' is not a valid " + (type == Simple.DATE ? "DATE" : "TIME") + " field");
    }
  }

  private static Typed trunc(Call c) {
    c.sizes(2, 2);
    String unit = unit(c);
    Typed value = c.arg(1);
    check(c, unit, value.type());
    String cut = "date_trunc('" + unit + "', ";
    return switch (value.type()) {
      case Simple.DATE -> new Typed("CAST(" + cut + value.sql() + ") AS DATE)", Simple.DATE);
      case Timestamp t -> new Typed("CAST(" + cut + value.sql() + ") AS TIMESTAMP)", t);
      case TimestampTz t ->
          new Typed(
              Zones.instant(
                  "CAST(" + cut + Casts.local(value.sql(), t) + ") AS TIMESTAMP)", t.zone()),
              t);
      case Time t ->
          new Typed("CAST(" + cut + "DATE '2000-01-01' + " + value.sql() + ") AS TIME)", t);
      default -> throw c.unexpected();
    };
  }

  private static Typed add(Call c) {
    c.sizes(3, 3);
    String unit = unit(c);
    Typed value = c.arg(2);
    check(c, unit, value.type());
    String amount = duration(unit, c.whole(1));
    return switch (value.type()) {
      case Simple.DATE ->
          new Typed("CAST(" + value.sql() + " + " + amount + " AS DATE)", Simple.DATE);
      case Time t ->
          kept(
              c,
              new Typed(
                  "(" + value.sql() + " + " + amount + ")", new Time(Math.max(3, t.precision()))),
              t);
      case Timestamp t ->
          kept(
              c,
              new Typed(
                  "(" + value.sql() + " + " + amount + ")",
                  new Timestamp(Math.max(3, t.precision()))),
              t);
      case TimestampTz t -> {
        String sum =
            CLOCK.contains(unit)
                ? "(" + value.sql() + " + " + amount + ")"
                : Zones.instant("(" + Casts.local(value.sql(), t) + " + " + amount + ")", t.zone());
        yield kept(c, new Typed(sum, new TimestampTz(Math.max(3, t.precision()), t.zone())), t);
      }
      default -> throw c.unexpected();
    };
  }

  /// The sum with the precision of what was added to: a finer one is rounded away.
  private static Typed kept(Call c, Typed sum, SqlType type) {
    return c.constant(0).filter(u -> u.equalsIgnoreCase("millisecond")).isPresent()
        ? Casts.coerce(c.node(), sum, type)
        : new Typed(sum.sql(), type);
  }

  private static String duration(String unit, String n) {
    return switch (unit) {
      case "millisecond" -> "to_milliseconds(" + n + ")";
      case "second" -> "to_seconds(" + n + ")";
      case "minute" -> "to_minutes(" + n + ")";
      case "hour" -> "to_hours(" + n + ")";
      case "day" -> "to_days(CAST(" + n + " AS INTEGER))";
      case "week" -> "to_days(CAST(" + n + " * 7 AS INTEGER))";
      case "month" -> "to_months(CAST(" + n + " AS INTEGER))";
      case "quarter" -> "to_months(CAST(" + n + " * 3 AS INTEGER))";
      default -> "to_years(CAST(" + n + " AS INTEGER))";
    };
  }

  private static Typed diff(Call c) {
    c.sizes(3, 3);
    String unit = unit(c);
    SqlType type = Coercions.common(c.type(1), c.type(2)).orElse(Simple.UNKNOWN);
    if (type == Simple.UNKNOWN
        && c.type(1) instanceof TimestampTz
        && c.type(2) instanceof TimestampTz
        && CLOCK.contains(unit)) {
      return Typed.bigint(
          "date_sub('" + unit + "', " + c.arg(1).sql() + ", " + c.arg(2).sql() + ")");
    }
    check(c, unit, type);
    String a;
    String b;
    if (type instanceof Time) {
      a = "DATE '2000-01-01' + " + c.as(1, type);
      b = "DATE '2000-01-01' + " + c.as(2, type);
    } else if (type == Simple.DATE || type instanceof Timestamp || type instanceof TimestampTz) {
      boolean instant = type instanceof TimestampTz && CLOCK.contains(unit);
      a = instant ? c.as(1, type) : local(c.node(), new Typed(c.as(1, type), type));
      b = instant ? c.as(2, type) : local(c.node(), new Typed(c.as(2, type), type));
    } else {
      throw c.unexpected();
    }
    return Typed.bigint("date_sub('" + unit + "', " + a + ", " + b + ")");
  }

  private static Typed toIso(Call c) {
    c.sizes(1, 1);
    Typed v = c.arg(0);
    return switch (v.type()) {
      case Simple.DATE -> Typed.text("CAST(" + v.sql() + " AS VARCHAR)");
      case Timestamp t -> Typed.text(iso(c.node(), v.sql(), t));
      case TimestampTz t -> {
        var local = new Timestamp(t.precision());
        String text = iso(c.node(), Casts.local(v.sql(), t), local);
        yield Typed.text(
            t.zone().equals(SqlType.UTC)
                ? "(" + text + " || 'Z')"
                : "(" + text + " || " + offset(v.sql(), t) + ")");
      }
      default -> throw c.unexpected();
    };
  }

  private static String iso(Node at, String local, Timestamp type) {
    return "replace(" + Casts.text(at, local, type) + ", ' ', 'T')";
  }

  private static String offset(String instant, TimestampTz type) {
    String minutes = Zones.offsetMinutes(instant, type.zone());
    return "printf('%s%02d:%02d', CASE WHEN "
        + minutes
        + " < 0 THEN '-' ELSE '+' END, abs("
        + minutes
        + ") // 60, abs("
        + minutes
        + ") % 60)";
  }

  /// The zone of a constant is the constant's; of other texts only UTC can be carried.
  private static Typed fromIso(Call c) {
    c.sizes(1, 1);
    Optional<String> constant = c.constant(0);
    if (constant.isPresent()) {
      String text = constant.get().trim().replaceFirst("^(\\d{4}-\\d{2}-\\d{2})T", "$1 ");
      Expression at = c.node();
      try {
        Typed value = Literals.moment(at, text);
        String zone = value.type() instanceof TimestampTz t ? t.zone() : SqlType.UTC;
        return Casts.explicit(at, value, new TimestampTz(3, zone));
      } catch (SqlFailure odd) {
        return new Typed("t_iso_timestamp(" + c.text(0) + ")", new TimestampTz(3, SqlType.UTC));
      }
    }
    if (!(c.type(0) instanceof Varchar)) {
      throw c.unexpected();
    }
    return new Typed("t_iso_timestamp(" + c.text(0) + ")", new TimestampTz(3, SqlType.UTC));
  }
}
