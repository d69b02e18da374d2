package dev.polder.athena.sql;

import io.trino.sql.tree.Node;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Time zones in translated text. A zone is `UTC`, a region's name or an offset such as `+02:00`.
final class Zones {
  private Zones() {}

  /// The name under which a zone is known, from its text in a statement.
  static String named(Node at, String text) {
    String zone = text.trim();
    try {
      if (zone.equalsIgnoreCase("z") || zone.equalsIgnoreCase("utc")) {
        return SqlType.UTC;
      }
      ZoneId id = ZoneId.of(zone.matches("[+-]\\d{1,2}:\\d") ? zone + "0" : zone);
      if (id instanceof ZoneOffset offset) {
        if (offset.getTotalSeconds() % 60 != 0) {
          throw new DateTimeException("seconds");
        }
        return offset.getTotalSeconds() == 0 ? SqlType.UTC : offset.getId();
      }
      return id.getId();
    } catch (DateTimeException e) {
      throw SqlFailure.at(
          at, "INVALID_FUNCTION_ARGUMENT", "'" + zone + "' is not a valid time zone");
    }
  }

  /// The date and time that an instant has in a zone.
  static String local(String instant, String zone) {
    if (zone.equals(SqlType.UTC)) {
      return instant;
    }
    return isOffset(zone)
        ? "(" + instant + " + to_minutes(" + minutes(zone) + "))"
        : "timezone(" + Sql.literal(zone) + ", timezone('UTC', " + instant + "))";
  }

  /// The instant at which a zone has a date and time.
  static String instant(String local, String zone) {
    if (zone.equals(SqlType.UTC)) {
      return local;
    }
    return isOffset(zone)
        ? "(" + local + " - to_minutes(" + minutes(zone) + "))"
        : "timezone('UTC', timezone(" + Sql.literal(zone) + ", " + local + "))";
  }

  /// Minutes east of Greenwich, as text, of an instant in a zone.
  static String offsetMinutes(String instant, String zone) {
    return isOffset(zone)
        ? Long.toString(minutes(zone))
        : "((epoch_us(" + local(instant, zone) + ") - epoch_us(" + instant + ")) // 60000000)";
  }

  private static boolean isOffset(String zone) {
    return zone.startsWith("+") || zone.startsWith("-");
  }

  private static long minutes(String zone) {
    return ZoneOffset.of(zone).getTotalSeconds() / 60;
  }
}
