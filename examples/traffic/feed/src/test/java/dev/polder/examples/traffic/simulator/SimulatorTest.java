package dev.polder.examples.traffic.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.FeedWriter;
import dev.polder.examples.traffic.feed.Field;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private static final long SEED = Long.getLong("seed", 7L);
  private static final Instant MONDAY = Instant.parse("2020-05-04T00:00:00Z");
  private static final Comparator<Delivery> ORDER =
      Comparator.<Delivery>comparingLong(Delivery::arrival)
          .thenComparingInt(delivery -> delivery.event().number(Field.UNIEKE_ID))
          .thenComparingInt(delivery -> delivery.event().number(Field.TIJD_WAARNEMING))
          .thenComparing(delivery -> delivery.event().text(Field.TIJD_LAATST_GEWIJZIGD))
          .thenComparing(Delivery::repeats);

  @Test
  void sameSeedPublishesTheSameDocuments() throws IOException {
    assertThat(bytes(new Simulator(SEED, 20, MONDAY, 1), 500))
        .isEqualTo(bytes(new Simulator(SEED, 20, MONDAY, 1), 500))
        .isNotEqualTo(bytes(new Simulator(SEED + 1, 20, MONDAY, 1), 500));
  }

  @Test
  void followingThePlacesGivesWhatTheDocumentsCarry() {
    Simulator simulator = new Simulator(SEED, 25, MONDAY, 1);
    List<Delivery> byPlace = new ArrayList<>();
    simulator.places().forEach(place -> simulator.place(place, byPlace::add));

    assertThat(all(simulator).stream().sorted(ORDER).toList())
        .isEqualTo(byPlace.stream().sorted(ORDER).toList());
  }

  @Test
  void feedHasEverythingThatRealFeedsHave() {
    List<Delivery> deliveries = all(new Simulator(SEED, 300, MONDAY, 1));

    assertThat(count(deliveries, delivery -> delay(delivery) > 1 && !delivery.repeats()))
        .isPositive();
    assertThat(deliveries).allMatch(delivery -> delay(delivery) >= 1 && delay(delivery) <= 60);
    assertThat(count(deliveries, Delivery::repeats)).isPositive();
    assertThat(count(deliveries, delivery -> delivery.damage() != null))
        .isBetween(1L, deliveries.size() / 1000L);
    assertThat(count(deliveries, delivery -> delivery.event().number(Field.DEFECT) == 1))
        .isPositive();
    assertThat(
            count(
                deliveries,
                delivery -> delivery.event().number(Field.REKENDATA_BEZETTINGSGRAAD) == -1))
        .isPositive();
    assertThat(count(deliveries, delivery -> !delivery.repeats()))
        .as("some points are silent for a time")
        .isLessThan(300 * 1440);
    Set<Integer> places = new HashSet<>();
    deliveries.forEach(delivery -> places.add(delivery.event().number(Field.LVE_NR)));
    assertThat(places.size()).as("lanes share a place").isBetween(2, 250);
  }

  @Test
  void nothingPassedMeans252() {
    assertThat(all(new Simulator(SEED, 10, MONDAY, 1)))
        .allSatisfy(delivery -> {
          for (int vehicleClass = 1; vehicleClass <= Field.CLASSES; vehicleClass++) {
            Event event = delivery.event();
            boolean nothing = event.number(Field.intensity(vehicleClass)) == 0;
            assertThat(event.number(Field.harmonicSpeed(vehicleClass)) == 252).isEqualTo(nothing);
            assertThat(event.number(Field.arithmeticSpeed(vehicleClass)) == 0).isEqualTo(nothing);
          }
        });
  }

  @Test
  void trafficFollowsTheClockInBrussels() {
    List<Delivery> deliveries = all(new Simulator(SEED, 200, MONDAY, 1));

    assertThat(cars(deliveries, "2020-05-04T05:30:00Z"))
        .isGreaterThan(3 * cars(deliveries, "2020-05-04T00:30:00Z"));
    assertThat(trucks(deliveries, "2020-05-04T01:30:00Z") * 10)
        .as("trucks like the night")
        .isGreaterThan(cars(deliveries, "2020-05-04T01:30:00Z"));
    assertThat(standing(deliveries, "2020-05-04T06:00:00Z"))
        .isGreaterThan(10 * standing(deliveries, "2020-05-04T01:00:00Z"));
    List<Delivery> saturday =
        all(new Simulator(SEED, 200, Instant.parse("2020-05-09T00:00:00Z"), 1));
    assertThat(cars(saturday, "2020-05-09T05:30:00Z"))
        .isLessThan(cars(deliveries, "2020-05-04T05:30:00Z") / 3);
  }

  private static long cars(List<Delivery> deliveries, String hour) {
    return within(deliveries, hour).stream()
        .mapToLong(event -> event.number(Field.intensity(2)))
        .sum();
  }

  private static long trucks(List<Delivery> deliveries, String hour) {
    return within(deliveries, hour).stream()
        .mapToLong(event -> event.number(Field.intensity(4)) + event.number(Field.intensity(5)))
        .sum();
  }

  private static long standing(List<Delivery> deliveries, String hour) {
    return 1
        + within(deliveries, hour).stream()
            .filter(event ->
                event.number(Field.intensity(2)) > 0 && event.number(Field.arithmeticSpeed(2)) < 30)
            .count();
  }

  private static List<Event> within(List<Delivery> deliveries, String hour) {
    long start = Instant.parse(hour).getEpochSecond();
    return deliveries.stream()
        .map(Delivery::event)
        .filter(event -> event.number(Field.TIJD_WAARNEMING) >= start)
        .filter(event -> event.number(Field.TIJD_WAARNEMING) < start + 3600)
        .toList();
  }

  private static long delay(Delivery delivery) {
    return delivery.arrival() - delivery.event().number(Field.TIJD_WAARNEMING) / 60;
  }

  private static long count(List<Delivery> deliveries, Predicate<Delivery> wanted) {
    return deliveries.stream().filter(wanted).count();
  }

  private static List<Delivery> all(Simulator simulator) {
    List<Delivery> deliveries = new ArrayList<>();
    for (long document = simulator.firstDocument();
        document < simulator.endOfDocuments();
        document++) {
      simulator.document(document, deliveries::add);
    }
    return deliveries;
  }

  private static byte[] bytes(Simulator simulator, int document) throws IOException {
    FeedWriter writer = new FeedWriter();
    simulator.document(simulator.firstDocument() + document, writer);
    try (var in = writer.end()) {
      return in.readAllBytes();
    }
  }
}
