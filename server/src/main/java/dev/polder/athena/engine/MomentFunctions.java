package dev.polder.athena.engine;

import static dev.polder.athena.engine.JavaFunction.MOMENT;
import static dev.polder.athena.engine.JavaFunction.TEXT;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.duckdb.DuckDBColumnType;

/// Dates and times read from texts and written as texts.
final class MomentFunctions {
  private MomentFunctions() {}

  static void add(Map<String, JavaFunction> all) {
    all.put(
        "t_date_format",
        JavaFunction.of(
            TEXT, a -> DateFormats.format((LocalDateTime) a[0], (String) a[1]), MOMENT, TEXT));
    all.put(
        "t_date_parse",
        JavaFunction.of(MOMENT, a -> DateFormats.parse((String) a[0], (String) a[1]), TEXT, TEXT));
    all.put(
        "t_format_datetime",
        JavaFunction.of(
            TEXT,
            a -> JodaFormats.format((LocalDateTime) a[0], (String) a[2], (String) a[1]),
            MOMENT,
            TEXT,
            TEXT));
    all.put(
        "t_parse_datetime",
        JavaFunction.of(MOMENT, a -> JodaFormats.parse((String) a[0], (String) a[1]), TEXT, TEXT));
    all.put(
        "t_iso_date", JavaFunction.of(DuckDBColumnType.DATE, a -> isoDate((String) a[0]), TEXT));
    all.put("t_iso_timestamp", JavaFunction.of(MOMENT, a -> isoTimestamp((String) a[0]), TEXT));
  }

  private static LocalDate isoDate(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw JavaFunction.bad("Invalid format: \"" + text + "\"");
    }
  }

  /// In UTC; a text with another zone would need a zone for each row.
  private static LocalDateTime isoTimestamp(String text) {
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay();
      }
      if (text.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)$")) {
        OffsetDateTime moment = OffsetDateTime.parse(text);
        if (!moment.getOffset().equals(ZoneOffset.UTC)) {
          throw new EngineFailure(
              "NOT_SUPPORTED", "A time zone that is known only row by row: " + text);
        }
        return moment.toLocalDateTime();
      }
      return LocalDateTime.parse(text);
    } catch (DateTimeException e) {
      throw JavaFunction.bad("Invalid format: \"" + text + "\"");
    }
  }
}
