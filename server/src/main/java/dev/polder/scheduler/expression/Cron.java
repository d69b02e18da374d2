package dev.polder.scheduler.expression;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `minutes hours day-of-month month day-of-week year`, where one of the two days is `?`.
///
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
public final class Cron implements ScheduleExpression {
  private static final int LAST_YEAR = 2199;

  private final BitSet minutes;
  private final BitSet hours;
  private final Days days;
  private final BitSet months;
  private final BitSet years;

  private Cron(BitSet minutes, BitSet hours, Days days, BitSet months, BitSet years) {
    this.minutes = minutes;
    this.hours = hours;
    this.days = days;
    this.months = months;
    this.years = years;
  }

  static Cron parse(String fields) {
    String[] field = fields.strip().split("\\s+");
    if (field.length != 6) {
      throw new InvalidExpressionException("Expected 6 fields but were " + field.length);
    }
    boolean anyDate = field[2].equals("?");
    boolean anyWeekday = field[4].equals("?");
    if (anyDate == anyWeekday) {
      throw new InvalidExpressionException(
          "Expected ? in exactly one of day-of-month and day-of-week");
    }
    return new Cron(
        CronField.MINUTES.parse(field[0]),
        CronField.HOURS.parse(field[1]),
        anyDate ? Days.ofWeek(field[4]) : Days.ofMonth(field[2]),
        CronField.MONTHS.parse(field[3]),
        CronField.YEARS.parse(field[5]));
  }

  @Override
  public Optional<Instant> next(Instant after, Instant anchor, ZoneId zone) {
    LocalDateTime from =
        LocalDateTime.ofInstant(after, zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    // Where clocks have just gone back, local times before `from` may lie ahead, but they have
    // been there once; and where the second hour runs, the first one's instants are in the past.
    for (LocalDateTime at = local(from); at != null; at = local(at.plusMinutes(1))) {
      Optional<Instant> due = LocalTimes.instant(at, zone).filter(i -> i.isAfter(after));
      if (due.isPresent()) {
        return due;
      }
    }
    return Optional.empty();
  }

  /// The first local time that matches, from `from` on.
  private @Nullable LocalDateTime local(LocalDateTime from) {
    LocalDateTime at = from;
    while (at.getYear() <= LAST_YEAR) {
      if (!years.get(at.getYear())) {
        int year = years.nextSetBit(at.getYear());
        at = LocalDateTime.of(year < 0 ? LAST_YEAR + 1 : year, 1, 1, 0, 0);
      } else if (!months.get(at.getMonthValue())) {
        at = startOfMonth(at).plusMonths(1);
      } else {
        LocalDateTime found = withinMonth(at);
        if (found != null) {
          return found;
        }
        at = startOfMonth(at).plusMonths(1);
      }
    }
    return null;
  }

  private @Nullable LocalDateTime withinMonth(LocalDateTime from) {
    var month = YearMonth.from(from);
    BitSet matching = days.of(month);
    for (int day = matching.nextSetBit(from.getDayOfMonth());
        day > 0;
        day = matching.nextSetBit(day + 1)) {
      boolean sameDay = day == from.getDayOfMonth();
      LocalDateTime start = sameDay ? from : month.atDay(day).atStartOfDay();
      LocalDateTime found = withinDay(start);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable LocalDateTime withinDay(LocalDateTime from) {
    if (hours.get(from.getHour())) {
      int minute = minutes.nextSetBit(from.getMinute());
      if (minute >= 0) {
        return from.withMinute(minute);
      }
    }
    int hour = hours.nextSetBit(from.getHour() + 1);
    return hour < 0 ? null : from.withHour(hour).withMinute(minutes.nextSetBit(0));
  }

  private static LocalDateTime startOfMonth(LocalDateTime at) {
    return at.toLocalDate().withDayOfMonth(1).atStartOfDay();
  }
}
