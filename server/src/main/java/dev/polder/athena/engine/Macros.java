package dev.polder.athena.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/// Functions that are short in DuckDB's own words. A session gets only those that a text names.
final class Macros {
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put(
        "t_round",
        "(x, d) AS CASE WHEN d IS NULL THEN NULL WHEN isfinite(x) AND abs(x) * pow(10, d) < 9e15 THEN"
            + " sign(x) * floor(abs(x) * pow(10, d) + 0.5) / pow(10, d) ELSE x END");
    ALL.put(
        "t_first_wins",
        "(l) AS map_from_entries(list_filter(l, lambda e, i:"
            + " list_position(list_transform(l, lambda o: o.k), e.k) = i))");
  }

  private Macros() {}

  /// Statements that define what a text names.
  static Iterable<String> needed(String sql) {
    return ALL.entrySet().stream()
            .filter(e -> sql.contains(e.getKey() + "("))
            .map(e -> "CREATE TEMP MACRO " + e.getKey() + e.getValue())
        ::iterator;
  }
}
