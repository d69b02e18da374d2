package dev.polder.examples.traffic.functions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What one run of the pipeline fills: whole UTC days, up to but not including the day on which it
 * was due.
 *
 * <p>The day comes from the time the schedule was due ({@code scheduledTime}), else from the start
 * of the execution ({@code executionStart}), never from the clock: a run that is late, retried or
 * repeated fills the same days.
 *
 * <p>The first day is {@code year}, {@code month}, {@code day} where given; otherwise {@code
 * lookbackDays} days are filled, so that events which arrived after a day was first filled are
 * picked up by the runs that follow.
 */
final class Span {
  private static final int MAX_DAYS = 3660;

  private Span() {}

  static TimeRange of(Fields input, int defaultLookbackDays) {
    String due = input.text("scheduledTime").orElseGet(() -> input.requiredText("executionStart"));
    Instant end = instant(due).truncatedTo(ChronoUnit.DAYS);
    Instant start =
        firstDay(input)
            .orElseGet(() -> end.minus(lookback(input, defaultLookbackDays), ChronoUnit.DAYS));
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "Expected a first day before "
              + end
              + ", the day on which the run was due, but was "
              + start);
    }
    if (ChronoUnit.DAYS.between(start, end) > MAX_DAYS) {
      throw new IllegalArgumentException(
          "Expected at most " + MAX_DAYS + " days but the first was " + start);
    }
    return new TimeRange(start, end);
  }

  private static int lookback(Fields input, int defaultLookbackDays) {
    int days = input.number("lookbackDays").orElse(defaultLookbackDays);
    if (days < 1 || days > MAX_DAYS) {
      throw new IllegalArgumentException(
          "Expected lookbackDays from 1 to " + MAX_DAYS + " but was " + days);
    }
    return days;
  }

  private static Optional<Instant> firstDay(Fields input) {
    if (input.number("year").isEmpty()
        && input.number("month").isEmpty()
        && input.number("day").isEmpty()) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.of(part(input, "year"), part(input, "month"), part(input, "day"));
      return Optional.of(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Expected year, month and day to name a day: " + e.getMessage(), e);
    }
  }

  private static int part(Fields input, String name) {
    return input
        .number(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Expected year, month and day together; " + name + " is missing"));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Expected a time such as 2020-05-01T02:00:00Z but was " + text, e);
    }
  }
}
