package dev.polder.scheduler.expression;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.Locale;

/// The days of a month that a cron expression means.
sealed interface Days {

  /// The days of the month that match, as numbers from 1.
  BitSet of(YearMonth month);

  /// Reads the day-of-month field: numbers, `L` for the month's last day, `nW` for the weekday
  /// nearest to the nth that is in the same month.
  static Days ofMonth(String field) {
    if (field.equalsIgnoreCase("L")) {
      return new LastOfMonth();
    }
    if (field.length() > 1 && field.toUpperCase(Locale.ROOT).endsWith("W")) {
      String day = field.substring(0, field.length() - 1);
      return new NearestWeekday(CronField.DAYS_OF_MONTH.value(day));
    }
    return new Dates(CronField.DAYS_OF_MONTH.parse(field));
  }

  /// Reads the day-of-week field: numbers from 1 for Sunday or names, `L` for the last day of the
  /// week, `nL` for the month's last such day, `n#k` for its kth.
  static Days ofWeek(String field) {
    if (field.equalsIgnoreCase("L")) {
      return new Weekdays(CronField.DAYS_OF_WEEK.parse("SAT"));
    }
    int hash = field.indexOf('#');
    if (hash > 0) {
      String ordinal = field.substring(hash + 1);
      if (!ordinal.matches("[1-5]")) {
        throw new InvalidExpressionException("Expected # from 1 to 5 but was " + ordinal);
      }
      int weekday = CronField.DAYS_OF_WEEK.value(field.substring(0, hash));
      return new NthWeekday(weekday, Integer.parseInt(ordinal));
    }
    if (field.length() > 1 && field.toUpperCase(Locale.ROOT).endsWith("L")) {
      String weekday = field.substring(0, field.length() - 1);
      return new LastWeekday(CronField.DAYS_OF_WEEK.value(weekday));
    }
    return new Weekdays(CronField.DAYS_OF_WEEK.parse(field));
  }

  /// Days by their number.
  record Dates(BitSet dates) implements Days {
    @Override
    public BitSet of(YearMonth month) {
      BitSet days = (BitSet) dates.clone();
      days.clear(month.lengthOfMonth() + 1, 32);
      return days;
    }
  }

  /// The last day.
  record LastOfMonth() implements Days {
    @Override
    public BitSet of(YearMonth month) {
      return one(month.lengthOfMonth());
    }
  }

  /// The weekday nearest to a day, without leaving the month.
  record NearestWeekday(int day) implements Days {
    @Override
    public BitSet of(YearMonth month) {
      if (day > month.lengthOfMonth()) {
        return new BitSet();
      }
      LocalDate date = month.atDay(day);
      return one(
          switch (date.getDayOfWeek()) {
            case SATURDAY -> day == 1 ? 3 : day - 1;
            case SUNDAY -> day == month.lengthOfMonth() ? day - 2 : day + 1;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
          });
    }
  }

  /// Days of every week, numbered from 1 for Sunday.
  record Weekdays(BitSet weekdays) implements Days {
    @Override
    public BitSet of(YearMonth month) {
      var days = new BitSet();
      for (int day = 1; day <= month.lengthOfMonth(); day++) {
        days.set(day, weekdays.get(number(month.atDay(day).getDayOfWeek())));
      }
      return days;
    }
  }

  /// The kth of a day of the week in the month; none where there is no such.
  record NthWeekday(int weekday, int k) implements Days {
    @Override
    public BitSet of(YearMonth month) {
      int day = first(month, weekday) + 7 * (k - 1);
      return day > month.lengthOfMonth() ? new BitSet() : one(day);
    }
  }

  /// The last of a day of the week in the month.
  record LastWeekday(int weekday) implements Days {
    @Override
    public BitSet of(YearMonth month) {
      int first = first(month, weekday);
      return one(first + (month.lengthOfMonth() - first) / 7 * 7);
    }
  }

  private static int first(YearMonth month, int weekday) {
    return 1 + Math.floorMod(weekday - number(month.atDay(1).getDayOfWeek()), 7);
  }

  private static int number(DayOfWeek day) {
    return day.getValue() % 7 + 1;
  }

  private static BitSet one(int day) {
    var days = new BitSet();
    days.set(day);
    return days;
  }
}
