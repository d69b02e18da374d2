package dev.polder.athena.engine;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// MySQL's format specifiers, as `date_format` and `date_parse` take them.
///
/// Not supported, in Trino neither: `%D %U %u %V %w %X`.
final class DateFormats {
  private DateFormats() {}

  static String format(LocalDateTime t, String format) {
    var out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
      } else {
        out.append(part(t, format.charAt(++i)));
      }
    }
    return out.toString();
  }

  private static String part(LocalDateTime t, char c) {
    return switch (c) {
      case 'a' -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'b' -> t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'c' -> Integer.toString(t.getMonthValue());
      case 'd' -> two(t.getDayOfMonth());
      case 'e' -> Integer.toString(t.getDayOfMonth());
      case 'f' -> padded(t.getNano() / 1000, 6);
      case 'H' -> two(t.getHour());
      case 'h', 'I' -> two(hour12(t));
      case 'i' -> two(t.getMinute());
      case 'j' -> padded(t.getDayOfYear(), 3);
      case 'k' -> Integer.toString(t.getHour());
      case 'l' -> Integer.toString(hour12(t));
      case 'M' -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'm' -> two(t.getMonthValue());
      case 'p' -> t.getHour() < 12 ? "AM" : "PM";
      case 'r' -> format(t, "%h:%i:%s %p");
      case 'S', 's' -> two(t.getSecond());
      case 'T' -> format(t, "%H:%i:%s");
      case 'v' -> two(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'W' -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'x' -> padded(t.get(IsoFields.WEEK_BASED_YEAR), 4);
      case 'Y' -> padded(t.getYear(), 4);
      case 'y' -> two(t.getYear() % 100);
      case '%' -> "%";
      case 'D', 'U', 'u', 'V', 'w', 'X' -> throw unsupported(c);
      default -> Character.toString(c);
    };
  }

  private static EngineFailure unsupported(char c) {
    return new EngineFailure(
        "INVALID_FUNCTION_ARGUMENT", "%" + c + " not currently supported in date format string");
  }

  private static int hour12(LocalDateTime t) {
    return t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
  }

  private static String two(int value) {
    return padded(value, 2);
  }

  static String padded(int value, int width) {
    String digits = Integer.toString(Math.abs(value));
    return (value < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  static LocalDateTime parse(String text, String format) {
    return new Parse(text, format).value();
  }

  /// One parse of one text.
  private static final class Parse {
    private final String text;
    private final String format;
    private int at;
    private int year = 1970;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private boolean half;
    private boolean afternoon;

    Parse(String text, String format) {
      this.text = text;
      this.format = format;
    }

    LocalDateTime value() {
      read(format);
      if (at != text.length()) {
        throw bad();
      }
      try {
        int h = half ? hour % 12 + (afternoon ? 12 : 0) : hour;
        LocalDate date =
            dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
        return date.atTime(LocalTime.of(h, minute, second, nano));
      } catch (DateTimeException e) {
        throw new EngineFailure(
            "INVALID_FUNCTION_ARGUMENT", "Cannot parse \"" + text + "\": " + e.getMessage());
      }
    }

    private void read(String spec) {
      for (int i = 0; i < spec.length(); i++) {
        char c = spec.charAt(i);
        if (c == '%' && i + 1 < spec.length()) {
          part(spec.charAt(++i));
        } else if (at < text.length() && text.charAt(at) == c) {
          at++;
        } else {
          throw bad();
        }
      }
    }

    private void part(char c) {
      switch (c) {
        case 'Y' -> year = number(4);
        case 'y' -> {
          int two = number(2);
          year = two < 70 ? 2000 + two : 1900 + two;
        }
        case 'c', 'm' -> month = number(2);
        case 'd', 'e' -> day = number(2);
        case 'j' -> dayOfYear = number(3);
        case 'H', 'k' -> hour = number(2);
        case 'h', 'I', 'l' -> {
          hour = number(2);
          half = true;
          if (hour < 1 || hour > 12) {
            throw bad();
          }
        }
        case 'i' -> minute = number(2);
        case 'S', 's' -> second = number(2);
        case 'f' -> fraction();
        case 'p' -> half();
        case 'T' -> read("%H:%i:%s");
        case 'r' -> read("%h:%i:%s %p");
        case 'M' -> month(TextStyle.FULL);
        case 'b' -> month(TextStyle.SHORT);
        case 'W' -> weekday(TextStyle.FULL);
        case 'a' -> weekday(TextStyle.SHORT);
        case '%' -> read("" + c);
        default -> throw unsupported(c);
      }
    }

    private int number(int most) {
      int from = at;
      while (at < text.length() && at - from < most && isDigit(text.charAt(at))) {
        at++;
      }
      if (from == at) {
        throw bad();
      }
      return Integer.parseInt(text.substring(from, at));
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private void fraction() {
      int from = at;
      int value = number(9);
      nano = value;
      for (int i = at - from; i < 9; i++) {
        nano *= 10;
      }
    }

    private void half() {
      if (text.regionMatches(true, at, "AM", 0, 2) || text.regionMatches(true, at, "PM", 0, 2)) {
        afternoon = Character.toUpperCase(text.charAt(at)) == 'P';
        half = true;
        at += 2;
      } else {
        throw bad();
      }
    }

    private void month(TextStyle style) {
      for (Month m : Month.values()) {
        if (word(m.getDisplayName(style, Locale.ENGLISH))) {
          month = m.getValue();
          return;
        }
      }
      throw bad();
    }

    private void weekday(TextStyle style) {
      for (DayOfWeek d : DayOfWeek.values()) {
        if (word(d.getDisplayName(style, Locale.ENGLISH))) {
          return;
        }
      }
      throw bad();
    }

    private boolean word(String name) {
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return true;
      }
      return false;
    }

    private EngineFailure bad() {
      return new EngineFailure(
          "INVALID_FUNCTION_ARGUMENT",
          at < text.length() && at > 0
              ? "Invalid format: \"" + text + "\" is malformed at \"" + text.substring(at) + "\""
              : "Invalid format: \"" + text + "\"");
    }
  }
}
