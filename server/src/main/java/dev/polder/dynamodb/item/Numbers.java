package dev.polder.dynamodb.item;

import java.math.BigDecimal;

/// Numbers as text: what clients may write and what the service prints.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
final class Numbers {
  static final int MAX_EXPONENT = 125;
  static final int MIN_EXPONENT = -130;
  private static final int MAX_DIGITS = 38;
  private static final int PLAIN_DIGITS = 18;
  private static final int LONGEST_EXPONENT = 10;

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
    if (written.isEmpty()) {
      throw new ValidationException("The parameter cannot be converted to a numeric value");
    }
    if (!written.chars().allMatch(c -> digit((char) c) || "+-.eE".indexOf(c) >= 0)) {
      throw notNumeric(written);
    }
    int exponent = Math.max(written.indexOf('e'), written.indexOf('E'));
    if (exponent >= 0 && written.length() - exponent > LONGEST_EXPONENT) {
      return beyond(written, exponent);
    }
    try {
      return new BigDecimal(written);
    } catch (NumberFormatException e) {
      throw notNumeric(written);
    }
  }

  /// An exponent too long for arithmetic is overflow, underflow, or of a zero, whatever it says.
  private static BigDecimal beyond(String written, int exponent) {
    String power = written.substring(exponent + 1);
    if (!power.matches("[+-]?[0-9]+")) {
      throw notNumeric(written);
    }
    String sign = power.startsWith("-") ? "-" : "";
    String digits = power.replaceFirst("^[+-]?0*", "");
    String shortened = digits.length() > 4 ? "99999" : "0" + digits;
    return parse(written.substring(0, exponent + 1) + sign + shortened);
  }

  private static ValidationException notNumeric(String written) {
    return new ValidationException(
        "The parameter cannot be converted to a numeric value: " + written);
  }

  /// @throws ValidationException where the number is beyond the range or the precision
  static String print(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = number.stripTrailingZeros();
    int exponent = exponent(stripped);
    if (exponent > MAX_EXPONENT) {
      throw new ValidationException(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    if (exponent < MIN_EXPONENT) {
      throw new ValidationException(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
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
