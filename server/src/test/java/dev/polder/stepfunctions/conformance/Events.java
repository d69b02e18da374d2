package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Histories as lists of JSON objects.
final class Events {
  private Events() {}

  /// Sorts the events within Parallel states, whose order is not fixed.
  @SuppressWarnings("unchecked")
  static void sortParallel(Map<String, @Nullable Object> data) {
    for (Object value : data.values()) {
      if (value instanceof Map<?, ?> map && map.get("events") instanceof List<?> events) {
        sort((List<Map<String, @Nullable Object>>) events);
      }
    }
  }

  // The recorder's own algorithm, with what it loses: an event that closes a region twice.
  private static void sort(List<Map<String, @Nullable Object>> events) {
    int start = -1;
    boolean inside = false;
    List<Map<String, @Nullable Object>> within = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Map<String, @Nullable Object> event = events.get(i);
      String type = String.valueOf(event.get("type"));
      if (type.equals("ParallelStateSucceeded")
          || type.equals("ParallelStateAborted")
          || type.equals("ParallelStateExited")
          || type.equals("ParallelStateFailed")) {
        if (start >= 0) {
          List<Map<String, @Nullable Object>> sorted = new ArrayList<>(within);
          sorted.sort(Comparator.comparing(Events::canonical));
          int before = events.size();
          for (int k = start; k < i; k++) {
            events.remove(start);
          }
          events.addAll(start, sorted);
          i += events.size() - before;
        }
        inside = false;
      } else if (type.equals("ParallelStateStarted")) {
        inside = true;
        within = new ArrayList<>();
        start = i + 1;
      } else if (inside) {
        event.put("id", List.of(0));
        event.put("previousEventId", 0);
        within.add(event);
      }
    }
  }

  /// A value as text in which the order of members does not matter.
  static String canonical(@Nullable Object value) {
    return Json.write(sorted(value));
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((k, v) -> sorted.put((String) k, sorted(v)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      list.forEach(each -> all.add(sorted(each)));
      return all;
    }
    return value;
  }

  /// Sorts every run of events without ids again, now that placeholders are in.
  static void resort(List<Map<String, @Nullable Object>> events) {
    int from = 0;
    while (from < events.size()) {
      int to = from;
      while (to < events.size() && events.get(to).get("id") instanceof List) {
        to++;
      }
      if (to > from) {
        events.subList(from, to).sort(Comparator.comparing(Events::canonical));
      }
      from = to + 1;
    }
  }
}
