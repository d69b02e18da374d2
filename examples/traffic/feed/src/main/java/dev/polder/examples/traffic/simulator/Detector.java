package dev.polder.examples.traffic.simulator;

import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.FeedTime;
import dev.polder.examples.traffic.feed.Field;

/// What the detector of one lane measures in one minute.
final class Detector {
  private static final int TOPIC_COUNT = 31;
  private static final int TOPIC_SPEED = 32;
  private static final int TOPIC_UNCALIBRATED = 33;

  /// What a harmonic speed says when nothing passed.
  private static final int NOTHING_PASSED = 252;

  /// Shares of the classes 1 to 3 (motorcycles, cars, vans) in the cars, and of 4 and 5 in the
  /// trucks.
  private static final double[] SHARE = {0.01, 0.84, 0.15, 0.45, 0.55};

  /// How fast the classes go on a free road, as an offset to the limit, and at most.
  private static final int[] OFFSET = {4, 0, -6, -8, -10};

  private static final int[] FASTEST = {140, 130, 120, 90, 85};

  private final Dice dice;
  private final Calendar calendar;
  private final Jams jams;
  private final Fates fates;

  Detector(Dice dice, Fates fates) {
    this.dice = dice;
    this.calendar = new Calendar();
    this.jams = new Jams(dice);
    this.fates = fates;
  }

  Calendar.Moment moment(long minute) {
    return calendar.moment(minute);
  }

  /// @param edition 0 for the first publication; 1 for a correction, which has other values and a
  ///   later time of change
  Event measure(Place place, int point, long minute, Calendar.Moment moment, int edition) {
    boolean defect = fates.isDefect(point, minute);
    Event.Builder event = new Event.Builder();
    long time = minute * 60;
    long bits = dice.bits(TOPIC_SPEED, point, minute) + edition * 0x0101_0101_0101L;
    event
        .set(Field.BESCHRIJVENDE_ID, place.describe(point))
        .set(Field.UNIEKE_ID, point)
        .set(Field.LVE_NR, place.number())
        .set(Field.TIJD_WAARNEMING, (int) time)
        .set(
            Field.TIJD_LAATST_GEWIJZIGD,
            FeedTime.text(time + 60 + Dice.below(bits, 3, 40) + edition * 300L))
        .set(Field.ACTUEEL_PUBLICATIE, defect ? "0" : "1")
        .set(Field.BESCHIKBAAR, defect ? 0 : 1)
        .set(Field.DEFECT, defect ? 1 : 0)
        .set(Field.GELDIG, 0);
    double loss = jams.loss(place, moment);
    double load = vehicles(event, place, point, minute, moment, defect ? 1 : loss, bits);
    boolean uncalibrated = dice.unit(TOPIC_UNCALIBRATED, point, minute) < 0.001;
    int occupancy = (int) Math.min(100, load * (1 + 3 * loss) * 60 / Math.max(20, place.limit()));
    return event
        .set(Field.REKENDATA_BEZETTINGSGRAAD, uncalibrated ? -1 : occupancy)
        .set(Field.REKENDATA_BESCHIKBAARHEIDSGRAAD, defect ? 0 : 100)
        .set(Field.REKENDATA_ONRUSTIGHEID, defect ? 0 : Dice.below(bits, 2, 366))
        .build();
  }

  /// Sets counts and speeds; answers how many vehicles passed.
  private int vehicles(
      Event.Builder event,
      Place place,
      int point,
      long minute,
      Calendar.Moment moment,
      double loss,
      long speedBits) {
    long countBits = dice.bits(TOPIC_COUNT, point, minute);
    int total = 0;
    for (int vehicleClass = 1; vehicleClass <= Field.CLASSES; vehicleClass++) {
      int index = vehicleClass - 1;
      boolean truck = vehicleClass >= 4;
      double demand = truck ? calendar.trucks(moment) * 0.1 : calendar.cars(moment);
      boolean fastLane = point > place.firstPoint() + 1;
      double expected =
          place.busy() * demand * SHARE[index] * (1 - 0.75 * loss) * (truck && fastLane ? 0.05 : 1);
      int count = loss >= 1 ? 0 : count(expected, countBits, index);
      event.set(Field.intensity(vehicleClass), count);
      int noise = Dice.below(Long.rotateRight(speedBits, 11 * index), 0, 13) - 6;
      double free = Math.min(FASTEST[index], place.limit() + OFFSET[index]) + noise;
      int speed = Math.max(4, (int) Math.round(free * (1 - loss)));
      event.set(Field.arithmeticSpeed(vehicleClass), count == 0 ? 0 : speed);
      event.set(
          Field.harmonicSpeed(vehicleClass),
          count == 0 ? NOTHING_PASSED : Math.max(3, speed - (noise & 1)));
      total += count;
    }
    return total;
  }

  /// A whole number near the expected one, with the spread of a Poisson distribution.
  private static int count(double expected, long bits, int index) {
    double first = Dice.part(Long.rotateRight(bits, 13 * index), 0);
    double second = Dice.part(Long.rotateRight(bits, 13 * index + 7), 2);
    double spread = Math.sqrt(expected) * 2.4 * (first + second - 1);
    double fraction = Dice.part(Long.rotateRight(bits, 13 * index + 3), 1);
    return (int) Math.max(0, Math.floor(expected + (expected > 1 ? spread : 0) + fraction));
  }
}
