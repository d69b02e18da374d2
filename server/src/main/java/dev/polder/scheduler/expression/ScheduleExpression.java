package dev.polder.scheduler.expression;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a schedule is due.
public sealed interface ScheduleExpression
    permits ScheduleExpression.At, ScheduleExpression.Rate, Cron {
  Pattern AT = Pattern.compile("at\\((.*)\\)");
  Pattern RATE = Pattern.compile("rate\\((\\d{1,9}) (minutes?|hours?|days?)\\)");
  Pattern CRON = Pattern.compile("cron\\((.*)\\)");

  /// The first due time after `after`; empty if there is none.
  ///
  /// @param anchor where a rate begins to count: its first due time
  Optional<Instant> next(Instant after, Instant anchor, ZoneId zone);

  /// Reads `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)` or `cron(fields)`.
  ///
  /// @throws InvalidExpressionException if it is none of these
  static ScheduleExpression parse(String text) {
    Matcher at = AT.matcher(text);
    if (at.matches()) {
      return new At(dateTime(at.group(1)));
    }
    Matcher rate = RATE.matcher(text);
    if (rate.matches()) {
      return Rate.of(Long.parseLong(rate.group(1)), rate.group(2));
    }
    Matcher cron = CRON.matcher(text);
    if (cron.matches()) {
      return Cron.parse(cron.group(1));
    }
    throw new InvalidExpressionException("Expected at(...), rate(value unit) or cron(fields)");
  }

  private static LocalDateTime dateTime(String text) {
    try {
      return LocalDateTime.parse(
          text,
          DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
              .withResolverStyle(ResolverStyle.STRICT));
    } catch (DateTimeParseException e) {
      throw new InvalidExpressionException("Expected yyyy-mm-ddThh:mm:ss but was " + text);
    }
  }

  /// Once, at a local time. A local time that a change of the clocks leaves out never comes.
  record At(LocalDateTime local) implements ScheduleExpression {
    @Override
    public Optional<Instant> next(Instant after, Instant anchor, ZoneId zone) {
      return LocalTimes.instant(local, zone).filter(due -> due.isAfter(after));
    }
  }

  /// At equal distances. A day is 24 hours, whatever the clocks do.
  record Rate(Duration period) implements ScheduleExpression {

    static Rate of(long value, String unit) {
      if (value < 1) {
        throw new InvalidExpressionException("Expected a positive number but was " + value);
      }
      return new Rate(
          switch (unit.charAt(0)) {
            case 'm' -> Duration.ofMinutes(value);
            case 'h' -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
          });
    }

    @Override
    public Optional<Instant> next(Instant after, Instant anchor, ZoneId zone) {
      if (after.isBefore(anchor)) {
        return Optional.of(anchor);
      }
      long passed = Duration.between(anchor, after).dividedBy(period);
      return Optional.of(anchor.plus(period.multipliedBy(passed + 1)));
    }
  }
}
