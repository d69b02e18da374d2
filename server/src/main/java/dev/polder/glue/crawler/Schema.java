package dev.polder.glue.crawler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The columns of a file, a folder or a table, in order.
///
/// @param columns their names are unique
public record Schema(List<Column> columns) {

  private static final double SIMILAR = 0.7;

  /// @param name in lower case, as the crawler writes it
  public record Column(String name, HiveType type) {}

  public Schema {
    columns = List.copyOf(columns);
  }

  /// The columns of both, those that only the other has at the end.
  public Schema merge(Schema other) {
    if (this == other || equals(other)) {
      return this;
    }
    Map<String, HiveType> merged = new LinkedHashMap<>();
    columns.forEach(column -> merged.put(column.name(), column.type()));
    other.columns.forEach(c -> merged.merge(c.name(), c.type(), HiveType::merge));
    return of(merged);
  }

  static Schema of(Map<String, HiveType> types) {
    List<Column> columns = new ArrayList<>(types.size());
    types.forEach((name, type) -> columns.add(new Column(name, type)));
    return new Schema(columns);
  }

  /// How much two schemas have in common: twice the number of column names in both over the number
  /// of columns of each, from 0 to 1. Types do not count: a column whose type changes between files
  /// is still the same column.
  ///
  /// AWS documents the threshold of 0.7 but not the measure; this one is ours. It lets a third of
  /// the columns of a table be added over time.
  private double similarity(Schema other) {
    if (this == other || equals(other)) {
      return 1;
    }
    Set<String> names = new HashSet<>();
    columns.forEach(column -> names.add(column.name()));
    long common = other.columns.stream().filter(c -> names.contains(c.name())).count();
    int total = columns.size() + other.columns.size();
    return total == 0 ? 1 : 2.0 * common / total;
  }

  /// True where two schemas have so much in common that they can be one table's.
  public boolean isSimilar(Schema other) {
    return similarity(other) >= SIMILAR;
  }

  /// Without the columns of these names.
  public Schema without(Set<String> names) {
    return new Schema(columns.stream().filter(c -> !names.contains(c.name())).toList());
  }
}
