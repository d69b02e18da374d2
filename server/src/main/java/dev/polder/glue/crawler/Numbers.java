package dev.polder.glue.crawler;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the number types widen.
final class Numbers {
  private static final List<String> WHOLE = List.of("tinyint", "smallint", "int", "bigint");
  private static final List<String> NEAR = List.of("float", "double");
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(\\d+)\\)");
  private static final int DIGITS = 38;

  private Numbers() {}

  /// The type that holds both, or `string`.
  static HiveType wider(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    if (a.equals(b)) {
      return new HiveType.Primitive(a);
    }
    if (WHOLE.contains(a) && WHOLE.contains(b)) {
      return new HiveType.Primitive(WHOLE.get(Math.max(WHOLE.indexOf(a), WHOLE.indexOf(b))));
    }
    Matcher one = DECIMAL.matcher(a);
    Matcher two = DECIMAL.matcher(b);
    if (one.matches() && two.matches()) {
      return decimal(one, two);
    }
    boolean numbers = isNumber(a) && isNumber(b);
    return numbers ? HiveType.DOUBLE : HiveType.STRING;
  }

  private static boolean isNumber(String type) {
    return WHOLE.contains(type) || NEAR.contains(type) || type.startsWith("decimal");
  }

  private static HiveType decimal(Matcher one, Matcher two) {
    int scale = Math.max(Integer.parseInt(one.group(2)), Integer.parseInt(two.group(2)));
    int whole =
        Math.max(
            Integer.parseInt(one.group(1)) - Integer.parseInt(one.group(2)),
            Integer.parseInt(two.group(1)) - Integer.parseInt(two.group(2)));
    int precision = whole + scale;
    return precision > DIGITS
        ? HiveType.DOUBLE
        : new HiveType.Primitive("decimal(" + precision + "," + scale + ")");
  }
}
