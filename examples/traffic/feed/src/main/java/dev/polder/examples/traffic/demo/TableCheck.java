package dev.polder.examples.traffic.demo;

import dev.polder.examples.traffic.computation.Computation;
import dev.polder.examples.traffic.computation.Fingerprint;
import dev.polder.examples.traffic.computation.Minute;
import dev.polder.examples.traffic.simulator.Place;
import dev.polder.examples.traffic.simulator.Simulator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Holds the target table against a computation of its own, place by place: each place's events are
/// made again, computed in plain Java, and compared with what Athena finds in the table by sums
/// over every column for each place and day.
final class TableCheck {
  private final Simulator simulator;
  private final Queries queries;
  private final LongAdder rows = new LongAdder();
  private final LongAdder fingerprints = new LongAdder();

  TableCheck(Simulator simulator, Queries queries) {
    this.simulator = simulator;
    this.queries = queries;
  }

  /// Rows computed.
  long rows() {
    return rows.sum();
  }

  /// Place names and days compared.
  long fingerprints() {
    return fingerprints.sum();
  }

  private record Key(int uniqueId, int day) {}

  /// Compares.
  ///
  /// @param progress is told the number of each place that is done
  /// @throws DemoException that names the first difference
  void run(IntConsumer progress) throws DemoException, InterruptedException {
    ConcurrentMap<Key, Fingerprint> table = new ConcurrentHashMap<>();
    queries.stream(
        Queries.file("fingerprint.sql"),
        row -> {
          Fingerprint found = fingerprint(row);
          table.put(new Key(found.uniqueId(), found.day()), found);
        });
    List<Place> places = simulator.places();
    List<String> differences =
        IntStream.range(0, places.size())
            .parallel()
            .mapToObj(index -> {
              List<String> found = differences(places.get(index), table);
              progress.accept(index);
              return found;
            })
            .flatMap(Collection::stream)
            .toList();
    if (!differences.isEmpty()) {
      throw DemoException.failed(
          differences.size()
              + " days of places differ from the computation, among them: "
              + differences.getFirst());
    }
    if (!table.isEmpty()) {
      throw DemoException.failed(
          "The table has rows that no event accounts for: " + table.keySet().iterator().next());
    }
  }

  private static Fingerprint fingerprint(List<String> row) {
    List<Long> sums = new ArrayList<>();
    for (String sum : row.subList(2, 2 + Fingerprint.SUMS)) {
      sums.add(Long.parseLong(sum));
    }
    return new Fingerprint(Integer.parseInt(row.get(0)), Integer.parseInt(row.get(1)), sums);
  }

  private List<String> differences(Place place, ConcurrentMap<Key, Fingerprint> table) {
    Computation computation = new Computation();
    simulator.place(
        place,
        delivery -> {
          if (delivery.damage() == null) {
            computation.add(delivery.event());
          }
        });
    Map<Key, Fingerprint.Builder> expected = new HashMap<>();
    for (Minute row : computation.rows()) {
      rows.increment();
      expected
          .computeIfAbsent(
              new Key(row.uniqueId(), Fingerprint.day(row)), key -> new Fingerprint.Builder())
          .add(row);
    }
    List<String> differences = new ArrayList<>();
    expected.forEach((key, builder) -> {
      Fingerprint computed = builder.build(key.uniqueId(), key.day());
      Fingerprint found = table.remove(key);
      fingerprints.increment();
      if (!computed.equals(found)) {
        differences.add("expected " + computed + " but the table says " + found);
      }
    });
    return differences;
  }
}
