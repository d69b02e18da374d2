package dev.polder.examples.traffic.simulator;

/// The jams of a place: on working days in the morning and in the evening where the road is prone
/// to it, and rarely an accident at any time. A jam builds up, stands and dissolves.
final class Jams {
  private static final int TOPIC_MORNING = 11;
  private static final int TOPIC_EVENING = 12;
  private static final int TOPIC_ACCIDENT = 13;
  private static final double ACCIDENT_A_DAY = 0.02;

  private final Dice dice;

  Jams(Dice dice) {
    this.dice = dice;
  }

  /// How much of the speed is lost, 0 (free) to 0.95 (standing).
  double loss(Place place, Calendar.Moment moment) {
    double loss = 0;
    if (!moment.weekend()) {
      loss = jam(TOPIC_MORNING, place, moment, 6 * 60 + 30, place.jamProne());
      loss = Math.max(loss, jam(TOPIC_EVENING, place, moment, 15 * 60 + 30, place.jamProne()));
    }
    int anyTime = Dice.below(dice.bits(TOPIC_ACCIDENT, place.number(), -moment.day()), 0, 1200);
    return Math.max(loss, jam(TOPIC_ACCIDENT, place, moment, anyTime, ACCIDENT_A_DAY));
  }

  private double jam(int topic, Place place, Calendar.Moment moment, int earliest, double chance) {
    int since = moment.minute() - earliest;
    if (since < 0 || since > 300) {
      return 0;
    }
    long bits = dice.bits(topic, place.number(), moment.day());
    if (Dice.part(bits, 0) >= chance) {
      return 0;
    }
    int start = Dice.below(bits, 1, 75);
    int build = 15 + Dice.below(bits, 2, 30);
    int stand = 20 + Dice.below(bits, 3, 80);
    int dissolve = 20 + Dice.below(bits >>> 8, 0, 40);
    double severity = 0.6 + 0.35 * Dice.part(bits >>> 8, 1);
    return severity * shape(since - start, build, stand, dissolve);
  }

  private static double shape(int minute, int build, int stand, int dissolve) {
    if (minute < 0 || minute >= build + stand + dissolve) {
      return 0;
    }
    if (minute < build) {
      return (double) minute / build;
    }
    return minute < build + stand ? 1 : 1 - (double) (minute - build - stand) / dissolve;
  }
}
