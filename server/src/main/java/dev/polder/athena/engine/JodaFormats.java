package dev.polder.athena.engine;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Joda's format letters, as `format_datetime` and `parse_datetime` take them, on java.time.
final class JodaFormats {
  private static final int MOST = 256;
  private static final Map<String, DateTimeFormatter> KNOWN = new ConcurrentHashMap<>();

  private JodaFormats() {}

  static String format(LocalDateTime local, String zone, String format) {
    try {
      return formatter(format).format(local.atZone(ZoneId.of(zone)));
    } catch (DateTimeException e) {
      throw new EngineFailure("INVALID_FUNCTION_ARGUMENT", String.valueOf(e.getMessage()));
    }
  }

  /// The instant, as a date and time in UTC. The zone of the text is not kept, so a text with
  /// another one is refused.
  static LocalDateTime parse(String text, String format) {
    TemporalAccessor parsed;
    try {
      parsed = formatter(format).parse(text);
    } catch (DateTimeException e) {
      throw new EngineFailure("INVALID_FUNCTION_ARGUMENT", "Invalid format: \"" + text + "\"");
    }
    ZoneId zone = parsed.query(TemporalQueries.zone());
    if (zone != null && !zone.normalized().equals(ZoneOffset.UTC)) {
      throw new EngineFailure(
          "NOT_SUPPORTED", "A time zone that is known only row by row: " + text);
    }
    LocalDate date =
        LocalDate.of(
            field(parsed, ChronoField.YEAR, 2000),
            field(parsed, ChronoField.MONTH_OF_YEAR, 1),
            field(parsed, ChronoField.DAY_OF_MONTH, 1));
    return date.atTime(
        field(parsed, ChronoField.HOUR_OF_DAY, 0),
        field(parsed, ChronoField.MINUTE_OF_HOUR, 0),
        field(parsed, ChronoField.SECOND_OF_MINUTE, 0),
        field(parsed, ChronoField.NANO_OF_SECOND, 0));
  }

  private static int field(TemporalAccessor parsed, ChronoField field, int otherwise) {
    return parsed.isSupported(field) ? parsed.get(field) : otherwise;
  }

  private static DateTimeFormatter formatter(String format) {
    DateTimeFormatter known = KNOWN.get(format);
    if (known != null) {
      return known;
    }
    DateTimeFormatter made = build(format);
    if (KNOWN.size() < MOST) {
      KNOWN.put(format, made);
    }
    return made;
  }

  private static DateTimeFormatter build(String format) {
    var out = new DateTimeFormatterBuilder().parseCaseInsensitive();
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      int end = i;
      while (end < format.length() && format.charAt(end) == c) {
        end++;
      }
      if (c == '\'') {
        i = quoted(out, format, i);
      } else if (Character.isLetter(c)) {
        letter(out, c, end - i);
        i = end;
      } else {
        out.appendLiteral(format.substring(i, end));
        i = end;
      }
    }
    return out.toFormatter(Locale.ENGLISH);
  }

  private static int quoted(DateTimeFormatterBuilder out, String format, int from) {
    int end = format.indexOf('\'', from + 1);
    if (end < 0) {
      throw new EngineFailure("INVALID_FUNCTION_ARGUMENT", "Illegal pattern component: " + format);
    }
    out.appendLiteral(end == from + 1 ? "'" : format.substring(from + 1, end));
    return end + 1;
  }

  private static void letter(DateTimeFormatterBuilder out, char c, int n) {
    switch (c) {
      case 'y', 'Y' -> year(out, ChronoField.YEAR, n);
      case 'M' -> {
        if (n > 2) {
          out.appendPattern(n > 3 ? "MMMM" : "MMM");
        } else {
          number(out, ChronoField.MONTH_OF_YEAR, n, 2);
        }
      }
      case 'd' -> number(out, ChronoField.DAY_OF_MONTH, n, 2);
      case 'D' -> number(out, ChronoField.DAY_OF_YEAR, n, 3);
      case 'E' -> out.appendPattern(n > 3 ? "EEEE" : "EEE");
      case 'e' -> number(out, ChronoField.DAY_OF_WEEK, n, 1);
      case 'H' -> number(out, ChronoField.HOUR_OF_DAY, n, 2);
      case 'k' -> number(out, ChronoField.CLOCK_HOUR_OF_DAY, n, 2);
      case 'h' -> number(out, ChronoField.CLOCK_HOUR_OF_AMPM, n, 2);
      case 'K' -> number(out, ChronoField.HOUR_OF_AMPM, n, 2);
      case 'm' -> number(out, ChronoField.MINUTE_OF_HOUR, n, 2);
      case 's' -> number(out, ChronoField.SECOND_OF_MINUTE, n, 2);
      case 'S' ->
          out.appendFraction(ChronoField.NANO_OF_SECOND, Math.min(n, 9), Math.min(n, 9), false);
      case 'a' -> out.appendPattern("a");
      case 'Z' -> out.appendPattern(n == 1 ? "xx" : n == 2 ? "xxx" : "VV");
      case 'z' -> out.appendPattern(n > 3 ? "zzzz" : "z");
      case 'w' -> number(out, IsoFields.WEEK_OF_WEEK_BASED_YEAR, n, 2);
      case 'x' -> year(out, IsoFields.WEEK_BASED_YEAR, n);
      default ->
          throw new EngineFailure("INVALID_FUNCTION_ARGUMENT", "Illegal pattern component: " + c);
    }
  }

  private static void year(DateTimeFormatterBuilder out, TemporalField field, int n) {
    if (n == 2) {
      out.appendValueReduced(field, 2, 2, 1970);
    } else {
      out.appendValue(field, Math.min(n, 9), 9, SignStyle.NORMAL);
    }
  }

  private static void number(DateTimeFormatterBuilder out, TemporalField field, int n, int digits) {
    out.appendValue(field, n, Math.max(n, digits), SignStyle.NORMAL);
  }
}
