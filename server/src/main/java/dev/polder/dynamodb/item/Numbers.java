package dev.polder.dynamodb.item;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers as text: what clients may write and what the service prints.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
final class Numbers {
  static final int MAX_EXPONENT = 125;
  static final int MIN_EXPONENT = -130;
  private static final int MAX_DIGITS = 38;
  private static final int PLAIN_DIGITS = 18;
  private static final int FARTHEST = 1_000_000;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?<digits>[0-9]+\\.?[0-9]*|\\.[0-9]+)([eE](?<exponent>[+-]?[0-9]+))?");

  private Numbers() {}

  /// The number in the form that the service prints.
  static String normalised(String written) {
    return plain(written) ? written : print(parse(written));
  }

  /// Whether the text is a short whole number that is printed as it is written, as most are.
  private static boolean plain(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - first;
    if (digits == 0 || digits > PLAIN_DIGITS || text.charAt(first) == '0') {
      return text.equals("0");
    }
    for (int i = first; i < text.length(); i++) {
      if (!digit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static BigDecimal parse(String written) {
    Matcher number = NUMBER.matcher(written);
    if (!number.matches()) {
      throw notNumeric(written);
    }
    long exponent = exponent(written, number.group("exponent"));
    boolean zero = number.group("digits").chars().noneMatch(c -> c >= '1' && c <= '9');
    if (exponent > (zero ? MAX_EXPONENT : FARTHEST)) {
      throw overflow();
    }
    if (exponent < (zero ? MIN_EXPONENT : -FARTHEST)) {
      throw underflow();
    }
    return new BigDecimal(written);
  }

  /// The exponent as it is written, by which a zero too is judged.
  private static long exponent(String written, @Nullable String exponent) {
    try {
      return exponent == null ? 0 : Long.parseLong(exponent);
    } catch (NumberFormatException e) {
      throw notNumeric(written);
    }
  }

  private static ValidationException notNumeric(String written) {
    String message = "The parameter cannot be converted to a numeric value";
    return new ValidationException(written.isEmpty() ? message : message + ": " + written);
  }

  private static ValidationException overflow() {
    return new ValidationException(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }

  private static ValidationException underflow() {
    return new ValidationException(
        "Number underflow. Attempting to store a number with magnitude smaller than supported"
            + " range");
  }

  /// @throws ValidationException where the number is beyond the range or the precision
  static String print(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = number.stripTrailingZeros();
    int exponent = exponent(stripped);
    if (exponent > MAX_EXPONENT) {
      throw overflow();
    }
    if (exponent < MIN_EXPONENT) {
      throw underflow();
    }
    if (stripped.precision() > MAX_DIGITS) {
      throw new ValidationException(
          "Attempting to store more than 38 significant digits in a Number");
    }
    return stripped.toPlainString();
  }

  /// The power of ten of the first digit.
  static int exponent(BigDecimal number) {
    return number.precision() - number.scale() - 1;
  }
}
