package dev.polder.examples.traffic.simulator;

import java.util.ArrayList;
import java.util.List;

/// The places of a network with a given number of points.
final class Network {
  private static final int TOPIC = 1;
  private static final int[] LIMITS = {120, 120, 120, 100, 90, 90, 70, 70, 50};

  private Network() {}

  static List<Place> places(Dice dice, int points) {
    List<Place> places = new ArrayList<>();
    for (int point = 1, number = 1; point <= points; number++) {
      long bits = dice.bits(TOPIC, number, 0);
      int limit = LIMITS[Dice.below(bits, 0, LIMITS.length)];
      int wanted = 1 + Dice.below(bits, 1, limit >= 100 ? 4 : 2);
      int lanes = Math.min(wanted, points - point + 1);
      double busy = 5 + Dice.part(bits, 2) * limit / 6;
      double proneness = Dice.part(bits, 3);
      places.add(
          new Place(number, point, lanes, limit, busy, proneness < 0.35 ? 0.4 + proneness : 0.05));
      point += lanes;
    }
    return List.copyOf(places);
  }
}
