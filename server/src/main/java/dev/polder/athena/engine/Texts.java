package dev.polder.athena.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Texts of values that DuckDB would print otherwise than Trino.
final class Texts {
  private Texts() {}

  /// Milliseconds as `2 03:04:05.006`.
  static String intervalDay(long millis) {
    long rest = Math.abs(millis);
    return String.format(
        Locale.ROOT,
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

  /// A double as `CAST(x AS varchar)` prints it: `1.5E0`, `1.0E10`, `Infinity`.
  static String number(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? Double.toString(value)
        : scientific(Double.toString(value));
  }

  /// A real likewise.
  static String number(float value) {
    return Float.isNaN(value) || Float.isInfinite(value)
        ? Float.toString(value)
        : scientific(
            new BigDecimal(Float.toString(value))
                .round(new MathContext(7, RoundingMode.HALF_EVEN))
                .toString());
  }

  /// One digit before the point and an exponent, whatever the size, with the digits that Java
  /// prints.
  private static String scientific(String java) {
    BigDecimal exact = new BigDecimal(java);
    if (exact.signum() == 0) {
      return java.startsWith("-") ? "-0.0E0" : "0.0E0";
    }
    String digits = exact.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - exact.scale();
    String rest = digits.substring(1).replaceAll("0+$", "");
    return (exact.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + "."
        + (rest.isEmpty() ? "0" : rest)
        + "E"
        + exponent;
  }
}
