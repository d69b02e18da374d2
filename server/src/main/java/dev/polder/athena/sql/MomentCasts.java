package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.tree.Node;

/// Casts to dates and times, with the rounding and the refusals of Trino.
final class MomentCasts {
  private static final String DATE = "^\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\\s*$";
  private static final String TIME = "[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]{1,12})?)?";
  private static final String MOMENT = "^\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( " + TIME + ")?\\s*$";

  private MomentCasts() {}

  static String date(Node at, String v, SqlType from) {
    return switch (from) {
      case Timestamp _ -> "CAST(" + v + " AS DATE)";
      case TimestampTz z -> "CAST(" + Casts.local(v, z) + " AS DATE)";
      case Varchar _ ->
          Casts.guard(
              v,
              "regexp_full_match(" + v + ", '" + DATE + "')",
              "CAST(trim(" + v + ") AS DATE)",
              "'Value cannot be cast to date: ' || " + v);
      default -> throw Casts.refused(at, from, Simple.DATE);
    };
  }

  static String time(Node at, String v, SqlType from, Time to) {
    return switch (from) {
      case Time f -> to.precision() >= f.precision() ? v : roundTime(v, to.precision());
      case Timestamp f -> time(at, "CAST(" + v + " AS TIME)", new Time(f.precision()), to);
      case TimestampTz z ->
          time(at, "CAST(" + Casts.local(v, z) + " AS TIME)", new Time(z.precision()), to);
      case Varchar _ ->
          roundTime(
              Casts.guard(
                  v,
                  "regexp_full_match(" + v + ", '\\s*" + TIME + "\\s*')",
                  "CAST(trim(" + v + ") AS TIME)",
                  "'Value cannot be cast to time: ' || " + v),
              to.precision());
      default -> throw Casts.refused(at, from, to);
    };
  }

  private static String roundTime(String v, int precision) {
    if (precision >= 6) {
      return v;
    }
    long unit = unit(precision);
    return "CAST(make_timestamp((date_part('epoch', "
        + v
        + ") * 1000000 + "
        + unit / 2
        + ")::BIGINT // "
        + unit
        + " * "
        + unit
        + ") AS TIME)";
  }

  private static long unit(int precision) {
    long unit = 1;
    for (int i = precision; i < 6; i++) {
      unit *= 10;
    }
    return unit;
  }

  static String timestamp(Node at, String v, SqlType from, Timestamp to) {
    return switch (from) {
      case Simple.DATE -> "CAST(" + v + " AS TIMESTAMP)";
      case Timestamp f -> to.precision() >= f.precision() ? v : roundMoment(v, to.precision());
      case TimestampTz z -> timestamp(at, Casts.local(v, z), new Timestamp(z.precision()), to);
      case Varchar _ -> roundMoment(moment(v), to.precision());
      default -> throw Casts.refused(at, from, to);
    };
  }

  private static String moment(String v) {
    return Casts.guard(
        v,
        "regexp_full_match(" + v + ", '" + MOMENT + "')",
        "CAST(trim(" + v + ") AS TIMESTAMP)",
        "'Value cannot be cast to timestamp: ' || " + v);
  }

  /// Rounds half up, as Trino does when digits are lost.
  private static String roundMoment(String v, int precision) {
    if (precision >= 6) {
      return v;
    }
    long unit = unit(precision);
    return "make_timestamp(CAST(floor((epoch_us("
        + v
        + ") + "
        + unit / 2
        + ") / "
        + unit
        + ".0::DECIMAL(8,1)) AS BIGINT) * "
        + unit
        + ")";
  }

  static String instant(Node at, String v, SqlType from, TimestampTz to) {
    return switch (from) {
      case Simple.DATE -> Zones.instant("CAST(" + v + " AS TIMESTAMP)", to.zone());
      case Timestamp f ->
          Zones.instant(timestamp(at, v, f, new Timestamp(to.precision())), to.zone());
      case TimestampTz f when f.zone().equals(to.zone()) ->
          to.precision() >= f.precision() ? v : roundMoment(v, to.precision());
      case TimestampTz _ ->
          throw SqlFailure.unsupported(at, "Mixing values of different time zones");
      case Varchar _ -> Zones.instant(roundMoment(zonedText(v), to.precision()), to.zone());
      default -> throw Casts.refused(at, from, to);
    };
  }

  /// Text of a moment in the session's zone. Another zone would have to be carried by each row.
  private static String zonedText(String v) {
    String bare = "regexp_replace(" + v + ", '\\s*(UTC|Z)\\s*$', '')";
    return "CASE WHEN regexp_full_match("
        + bare
        + ", '"
        + MOMENT
        + "') THEN CAST(trim("
        + bare
        + ") AS TIMESTAMP) WHEN regexp_matches("
        + v
        + ", '^\\s*[0-9]{4}-.*([+-][0-9:]+|[A-Za-z/_]+)$') THEN "
        + Sql.raise("NOT_SUPPORTED", "'A time zone that is known only row by row: ' || " + v)
        + " WHEN "
        + v
        + " IS NOT NULL THEN "
        + Sql.raise(Casts.INVALID, "'Value cannot be cast to timestamp with time zone: ' || " + v)
        + " END";
  }

  static String momentText(String v, int precision) {
    return cutFraction("strftime(" + v + ", '%Y-%m-%d %H:%M:%S.%f')", precision);
  }

  static String cutFraction(String text, int precision) {
    return precision == 6
        ? text
        : "left(" + text + ", -" + (precision == 0 ? 7 : 6 - precision) + ")";
  }
}
