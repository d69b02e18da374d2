package dev.polder.stepfunctions.asl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts what passed and failed, by area.
final class Tally {
  private final Map<String, int[]> areas = new TreeMap<>();
  private final List<String> misses = new ArrayList<>();

  void passed(String area) {
    areas.computeIfAbsent(area, a -> new int[2])[0]++;
  }

  void failed(String area, String miss) {
    areas.computeIfAbsent(area, a -> new int[2])[1]++;
    misses.add(miss);
  }

  List<String> misses() {
    return misses;
  }

  void print(String title) {
    var table = new StringBuilder(title).append('\n');
    areas.forEach((area, n) ->
        table.append(String.format("  %-45s %4d passed %4d failed%n", area, n[0], n[1])));
    misses.forEach(miss -> table.append("  MISS ").append(miss).append('\n'));
    System.out.println(table);
  }
}
