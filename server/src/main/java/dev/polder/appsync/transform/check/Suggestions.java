package dev.polder.appsync.transform.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `Did you mean …?`: the known names that look like an unknown one.
final class Suggestions {
  private static final int SHOWN = 5;

  /// The question, beginning with a space; empty if nothing comes close.
  String question(String name, Collection<String> known) {
    return question("", name, known);
  }

  /// @param what the kind of thing that is suggested, such as `the enum value`; may be empty
  String question(String what, String name, Collection<String> known) {
    List<String> near = near(name, known);
    if (near.isEmpty()) {
      return "";
    }
    List<String> quoted = near.stream().map(one -> "\"" + one + "\"").toList();
    String start = " Did you mean " + (what.isEmpty() ? "" : what + " ");
    if (quoted.size() <= 2) {
      return start + String.join(" or ", quoted) + "?";
    }
    List<String> shown = quoted.subList(0, Math.min(SHOWN, quoted.size()));
    return start
        + String.join(", ", shown.subList(0, shown.size() - 1))
        + ", or "
        + shown.getLast()
        + "?";
  }

  private static List<String> near(String name, Collection<String> known) {
    double threshold = Math.floor(name.length() * 0.4) + 1;
    Map<String, Integer> distances = new LinkedHashMap<>();
    for (String candidate : new LinkedHashSet<>(known)) {
      int distance = distance(name, candidate);
      if (distance <= threshold) {
        distances.put(candidate, distance);
      }
    }
    List<String> names = new ArrayList<>(distances.keySet());
    Comparator<String> order = Comparator.comparingInt(one -> distances.getOrDefault(one, 0));
    names.sort(order.thenComparing(Suggestions::natural));
    return names;
  }

  /// The number of letters to insert, delete, replace, or swap with their neighbours; any
  /// difference in case counts as one.
  private static int distance(String name, String candidate) {
    if (name.equals(candidate)) {
      return 0;
    }
    String a = name.toLowerCase(Locale.ROOT);
    String b = candidate.toLowerCase(Locale.ROOT);
    if (a.equals(b)) {
      return 1;
    }
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 ? j : j == 0 ? i : cell(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int cell(int[][] rows, String a, String b, int i, int j) {
    int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int cell =
        Math.min(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1), rows[i - 1][j - 1] + cost);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cell, rows[i - 2][j - 2] + 1) : cell;
  }

  /// Orders names by letters, and by value where both have a number.
  private static int natural(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (digit(a.charAt(i)) && digit(b.charAt(j))) {
        int endA = endOfNumber(a, i);
        int endB = endOfNumber(b, j);
        int order =
            new java.math.BigInteger(a.substring(i, endA))
                .compareTo(new java.math.BigInteger(b.substring(j, endB)));
        if (order != 0) {
          return order;
        }
        i = endA;
        j = endB;
      } else if (a.charAt(i) != b.charAt(j)) {
        return Character.compare(a.charAt(i), b.charAt(j));
      } else {
        i++;
        j++;
      }
    }
    return a.length() - b.length();
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length() && digit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
