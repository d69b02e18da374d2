package dev.polder.examples.traffic.functions;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A half-open stretch of time in UTC, in whole hours: {@code start} belongs to it, {@code end} does
 * not. One hour is one partition of the target table.
 */
record TimeRange(Instant start, Instant end) {

  TimeRange {
    if (!isFullHour(start) || !isFullHour(end) || end.isBefore(start)) {
      throw new IllegalArgumentException(
          "Expected a range of whole hours that does not end before it starts, but was ["
              + start
              + ", "
              + end
              + ")");
    }
  }

  /**
   * The range that starts and ends at these ISO instants, as {@link #toString} of the instants
   * writes them.
   */
  static TimeRange parse(String start, String end) {
    return new TimeRange(Instant.parse(start), Instant.parse(end));
  }

  /** How many partitions of the target table the range fills. */
  long hours() {
    return Duration.between(start, end).toHours();
  }

  boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /** The first moments of the UTC days that the range touches, in order. */
  List<Instant> days() {
    List<Instant> days = new ArrayList<>();
    for (Instant day = start.truncatedTo(ChronoUnit.DAYS);
        day.isBefore(end);
        day = day.plus(1, ChronoUnit.DAYS)) {
      days.add(day);
    }
    return List.copyOf(days);
  }

  /**
   * This range in pieces of at most {@code maxHours} partitions, in order, without gap or overlap.
   * Months, years and leap days need no thought because the arithmetic is done on instants.
   */
  List<TimeRange> split(int maxHours) {
    if (maxHours < 1) {
      throw new IllegalArgumentException("Expected maxPartitionsPerQuery >= 1 but was " + maxHours);
    }
    List<TimeRange> pieces = new ArrayList<>();
    for (Instant from = start; from.isBefore(end); ) {
      Instant to = from.plus(maxHours, ChronoUnit.HOURS);
      pieces.add(new TimeRange(from, to.isBefore(end) ? to : end));
      from = to;
    }
    return List.copyOf(pieces);
  }

  private static boolean isFullHour(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.HOURS));
  }
}
