package dev.polder.examples.traffic.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// What people do at what time: traffic as a share of the busiest minute, by the clock on the wall
/// in Brussels.
final class Calendar {
  private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
  private static final int MINUTES = 1440;

  private final double[] weekdayCars = new double[MINUTES];
  private final double[] weekendCars = new double[MINUTES];
  private final double[] trucks = new double[MINUTES];

  Calendar() {
    for (int minute = 0; minute < MINUTES; minute++) {
      double hour = minute / 60.0;
      weekdayCars[minute] =
          0.06
              + 0.85 * bell(hour, 7.9, 1.1)
              + 0.95 * bell(hour, 17.2, 1.5)
              + 0.42 * bell(hour, 12.5, 3.2);
      weekendCars[minute] = 0.07 + 0.55 * bell(hour, 14.5, 3.6);
      trucks[minute] =
          0.35
              + 0.45 * bell(hour, 10.5, 3.5)
              + 0.55 * bell(hour, 3.5, 2.2)
              + 0.3 * bell(hour, 23, 1.5);
    }
  }

  /// A minute on the wall.
  ///
  /// @param day days since 1970 in local time
  /// @param minute of the day, in local time
  record Moment(long day, int minute, boolean weekend) {}

  /// @param minute minutes since 1970
  Moment moment(long minute) {
    ZonedDateTime local = Instant.ofEpochSecond(minute * 60).atZone(BRUSSELS);
    DayOfWeek day = local.getDayOfWeek();
    boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    return new Moment(
        local.toLocalDate().toEpochDay(), local.getHour() * 60 + local.getMinute(), weekend);
  }

  /// Cars, 0 to about 1.1.
  double cars(Moment moment) {
    return moment.weekend() ? weekendCars[moment.minute()] : weekdayCars[moment.minute()];
  }

  /// Trucks, which like the night and rest at the weekend, 0 to about 1.
  double trucks(Moment moment) {
    return trucks[moment.minute()] * (moment.weekend() ? 0.25 : 1);
  }

  private static double bell(double hour, double centre, double width) {
    double distance = (hour - centre) / width;
    return Math.exp(-0.5 * distance * distance);
  }
}
