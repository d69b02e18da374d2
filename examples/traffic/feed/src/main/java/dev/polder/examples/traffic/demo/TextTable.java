package dev.polder.examples.traffic.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table in columns as wide as their longest value; numbers stand at the right.
final class TextTable {
  private TextTable() {}

  static List<String> lines(List<String> columns, List<List<String>> rows) {
    int[] widths = new int[columns.size()];
    boolean[] right = new boolean[columns.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = columns.get(column).length();
      right[column] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
        right[column] &= row.get(column).matches("-?[0-9.,eE%]*");
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns, widths, right));
    lines.add("  " + "-".repeat(Arrays.stream(widths).sum() + 2 * (widths.length - 1)));
    rows.forEach(row -> lines.add(line(row, widths, right)));
    return lines;
  }

  private static String line(List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder("  ");
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - cells.get(column).length());
      line.append(right[column] ? padding + cells.get(column) : cells.get(column) + padding);
      line.append(column + 1 < widths.length ? "  " : "");
    }
    return line.toString().stripTrailing();
  }
}
