package dev.polder.athena.engine;

/// Texts of values that DuckDB would print otherwise than Trino.
final class Texts {
  private Texts() {}

  /// Milliseconds as `2 03:04:05.006`.
  static String intervalDay(long millis) {
    long rest = Math.abs(millis);
    return String.format(
        java.util.Locale.ROOT,
        "%s%d %02d:%02d:%02d.%03d",
        millis < 0 ? "-" : "",
        rest / 86_400_000,
        rest / 3_600_000 % 24,
        rest / 60_000 % 60,
        rest / 1000 % 60,
        rest % 1000);
  }

  /// Months as `1-2`.
  static String intervalYear(long months) {
    long rest = Math.abs(months);
    return (months < 0 ? "-" : "") + rest / 12 + "-" + rest % 12;
  }

  /// A double as `CAST(x AS varchar)` prints it: `1.5`, `1.0E10`, `Infinity`.
  static String number(double value) {
    return Double.toString(value);
  }

  /// A real likewise.
  static String number(float value) {
    return Float.toString(value);
  }
}
