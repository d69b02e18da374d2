package dev.polder.examples.traffic.computation;

import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Computes the rows of one place from its events.
///
/// The rules, where the description of the fields leaves a choice: of several events of one point
/// and moment the one that was changed last counts; lanes meet in the minute in which they
/// measured; windows are stretches of time, so that a gap does not pull in older minutes; the
/// previous speed is that of the row before if it is at most an hour old; averages are rounded to
/// nine decimals.
public final class Computation {
  private static final int HOUR = 3600;
  private static final int THREE_MINUTES = 120;
  private static final int TWENTY_MINUTES = 1140;

  private final Map<Long, Event> newest = new HashMap<>();

  /// Takes in an event of the place; the order does not matter.
  public void add(Event event) {
    long key = (long) event.number(Field.UNIEKE_ID) << 32 | event.number(Field.TIJD_WAARNEMING);
    newest.merge(key, event, (one, other) -> NEWNESS.compare(one, other) >= 0 ? one : other);
  }

  /// The rows of the place, in the order of time, of all events added.
  public List<Minute> rows() {
    TreeMap<Long, Lanes> minutes = new TreeMap<>();
    for (Event event : newest.values()) {
      if (event.number(Field.REKENDATA_BEZETTINGSGRAAD) > -1 && event.number(Field.DEFECT) == 0) {
        long time = event.number(Field.TIJD_WAARNEMING);
        minutes.computeIfAbsent(time - time % 60, start -> new Lanes()).add(event);
      }
    }
    List<Minute> rows = new ArrayList<>(minutes.size());
    Deque<Measured> window = new ArrayDeque<>();
    minutes.forEach((start, lanes) -> rows.add(row(start, lanes, window)));
    return rows;
  }

  /// A speed of the past.
  private record Measured(long start, @Nullable Double speed) {}

  private static Minute row(long start, Lanes lanes, Deque<Measured> window) {
    Double speed = lanes.speed();
    Measured before = window.peekLast();
    Double previous = before != null && start - before.start() <= HOUR ? before.speed() : null;
    window.addLast(new Measured(start, speed));
    while (window.getFirst().start() < start - TWENTY_MINUTES) {
      window.removeFirst();
    }
    Double three = average(window, start - THREE_MINUTES);
    Double twenty = average(window, start - TWENTY_MINUTES);
    return new Minute(
        lanes.largestId,
        start,
        speed,
        (int) Math.round((double) lanes.occupancy / lanes.count),
        previous,
        jam(three),
        jam(twenty),
        lanes.intensity[2],
        lanes.intensity[3],
        lanes.intensity[4],
        lanes.intensity[5],
        difference(speed, previous),
        three,
        twenty);
  }

  private static @Nullable Double average(Deque<Measured> window, long from) {
    double sum = 0;
    int count = 0;
    for (Measured measured : window) {
      if (measured.start() >= from && measured.speed() != null) {
        sum += measured.speed();
        count++;
      }
    }
    return count == 0 ? null : rounded(sum / count);
  }

  private static int jam(@Nullable Double average) {
    if (average == null || average < 0 || average > 250) {
      return -1;
    }
    return average <= 40 ? 1 : 0;
  }

  private static int difference(@Nullable Double speed, @Nullable Double previous) {
    if (speed == null || previous == null) {
      return 0;
    }
    double difference = rounded(speed - previous);
    return difference >= 20 ? 1 : difference <= -20 ? -1 : 0;
  }

  private static double rounded(double number) {
    double scaled = Math.abs(number) * 1e9;
    return Math.copySign(Math.floor(scaled + 0.5) / 1e9, number);
  }

  /// Events of one point and moment from the one that counts least to the one that counts most.
  private static final Comparator<Event> NEWNESS = newness();

  private static Comparator<Event> newness() {
    Comparator<Event> order =
        Comparator.<Event, String>comparing(event -> event.text(Field.TIJD_LAATST_GEWIJZIGD))
            .thenComparingInt(event -> event.number(Field.LVE_NR))
            .thenComparingInt(event -> event.number(Field.DEFECT))
            .thenComparingInt(event -> event.number(Field.REKENDATA_BEZETTINGSGRAAD));
    for (int vehicleClass = 2; vehicleClass <= 5; vehicleClass++) {
      Field intensity = Field.intensity(vehicleClass);
      order = order.thenComparingInt(event -> event.number(intensity));
    }
    for (int vehicleClass = 2; vehicleClass <= 5; vehicleClass++) {
      Field speed = Field.arithmeticSpeed(vehicleClass);
      order = order.thenComparingInt(event -> event.number(speed));
    }
    return order;
  }

  /// The lanes of the place in one minute. Speeds are summed in twelfths of a km/h, whole numbers
  /// for one to four classes.
  private static final class Lanes {
    private int largestId;
    private int count;
    private int occupancy;
    private final int[] intensity = new int[6];
    private long twelfths;
    private int withSpeed;

    void add(Event event) {
      largestId = Math.max(largestId, event.number(Field.UNIEKE_ID));
      count++;
      occupancy += event.number(Field.REKENDATA_BEZETTINGSGRAAD);
      int classes = 0;
      int speeds = 0;
      for (int vehicleClass = 2; vehicleClass <= 5; vehicleClass++) {
        int vehicles = event.number(Field.intensity(vehicleClass));
        intensity[vehicleClass] += vehicles;
        if (vehicles > 0) {
          classes++;
          speeds += event.number(Field.arithmeticSpeed(vehicleClass));
        }
      }
      if (classes > 0) {
        twelfths += 12L / classes * speeds;
        withSpeed++;
      }
    }

    @Nullable Double speed() {
      return withSpeed == 0 ? null : (double) twelfths / (12L * withSpeed);
    }
  }
}
