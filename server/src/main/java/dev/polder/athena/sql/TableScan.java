package dev.polder.athena.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One place in a statement where a table is read. Its text stands for itself ([#token()]) in the
/// translated statement until the files are known.
public final class TableScan {
  private final int number;
  private final TableSource table;
  private final List<String> ids;
  private final Set<Integer> used = new TreeSet<>();
  private final List<String> conditions = new ArrayList<>();

  TableScan(int number, TableSource table, List<String> ids) {
    this.number = number;
    this.table = table;
    this.ids = List.copyOf(ids);
  }

  public TableSource table() {
    return table;
  }

  /// The text to be replaced by a relation whose columns are [#id(int)] of the columns [#used()].
  public String token() {
    return "«scan" + number + "»";
  }

  /// The name that a column of [TableSource#all()] has in the translated statement.
  public String id(int column) {
    return ids.get(column);
  }

  /// The columns of [TableSource#all()] that the statement reads.
  public Set<Integer> used() {
    return used;
  }

  /// Conditions in DuckDB's dialect on the ids of partition columns alone: a partition where one of
  /// them is not true need not be read.
  public List<String> conditions() {
    return conditions;
  }

  boolean isKey(int column) {
    return column >= table.columns().size();
  }

  void use(int column) {
    used.add(column);
  }

  void require(String condition) {
    if (!conditions.contains(condition)) {
      conditions.add(condition);
    }
  }
}
