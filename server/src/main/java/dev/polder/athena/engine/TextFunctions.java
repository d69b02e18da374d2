package dev.polder.athena.engine;

import static dev.polder.athena.engine.JavaFunction.LONG;
import static dev.polder.athena.engine.JavaFunction.TEXT;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBColumnType;

/// Functions of texts, and values as Trino prints them.
final class TextFunctions {
  private TextFunctions() {}

  static void add(Map<String, JavaFunction> all) {
    all.put(
        "t_double_text",
        JavaFunction.of(TEXT, a -> Texts.number((Double) a[0]), DuckDBColumnType.DOUBLE));
    all.put(
        "t_real_text",
        JavaFunction.of(TEXT, a -> Texts.number((Float) a[0]), DuckDBColumnType.FLOAT));
    all.put("t_double_json", JavaFunction.of(TEXT, a -> Json.write(a[0]), DuckDBColumnType.DOUBLE));
    all.put(
        "t_interval_day_text", JavaFunction.of(TEXT, a -> Texts.intervalDay((Long) a[0]), LONG));
    all.put(
        "t_interval_year_text",
        JavaFunction.of(TEXT, a -> Texts.intervalYear((Integer) a[0]), DuckDBColumnType.INTEGER));
    all.put(
        "t_reverse",
        JavaFunction.of(TEXT, a -> new StringBuilder((String) a[0]).reverse().toString(), TEXT));
    all.put(
        "t_hamming", JavaFunction.of(LONG, a -> hamming((String) a[0], (String) a[1]), TEXT, TEXT));
    all.put(
        "t_to_base",
        JavaFunction.of(TEXT, a -> Long.toString((Long) a[0], radix((Long) a[1])), LONG, LONG));
    all.put(
        "t_from_base",
        JavaFunction.of(LONG, a -> fromBase((String) a[0], radix((Long) a[1])), TEXT, LONG));
    all.put(
        "t_split",
        JavaFunction.of(
            TEXT, a -> split((String) a[0], (String) a[1], (Long) a[2]), TEXT, TEXT, LONG));
  }

  private static long hamming(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    if (x.length != y.length) {
      throw JavaFunction.bad(
          "The input strings to hamming_distance function must have the same length");
    }
    long distance = 0;
    for (int i = 0; i < x.length; i++) {
      distance += x[i] == y[i] ? 0 : 1;
    }
    return distance;
  }

  private static int radix(long radix) {
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      throw JavaFunction.bad("Radix must be between 2 and 36");
    }
    return (int) radix;
  }

  private static long fromBase(String text, int radix) {
    try {
      return Long.parseLong(text, radix);
    } catch (NumberFormatException e) {
      throw JavaFunction.bad("Not a valid base-" + radix + " number: " + text);
    }
  }

  private static String split(String text, String by, long limit) {
    if (by.isEmpty() || limit < 1) {
      throw JavaFunction.bad(
          "The delimiter may not be the empty string and the limit must be positive");
    }
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(by);
    while (at >= 0 && parts.size() < limit - 1) {
      parts.add(text.substring(from, at));
      from = at + by.length();
      at = text.indexOf(by, from);
    }
    parts.add(text.substring(from));
    return Json.write(parts);
  }
}
