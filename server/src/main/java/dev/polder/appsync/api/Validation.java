package dev.polder.appsync.api;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// What `@validate` asks of a field's value when an object is created or updated.
///
/// @param kind of test
/// @param value that it is tested against: a number, or a text
/// @param message of the error for a value that fails
public record Validation(Kind kind, String value, String message) {

  /// The tests.
  public enum Kind {
    GT,
    LT,
    GTE,
    LTE,
    MIN_LENGTH,
    MAX_LENGTH,
    STARTS_WITH,
    ENDS_WITH,
    MATCHES
  }

  /// True if a value that an input gives passes; absent and null values are not tested. A pattern
  /// may match anywhere in the text.
  public boolean passes(Object given) {
    return switch (kind) {
      case GT -> compared(given) > 0;
      case LT -> compared(given) < 0;
      case GTE -> compared(given) >= 0;
      case LTE -> compared(given) <= 0;
      case MIN_LENGTH -> given.toString().length() >= Integer.parseInt(value);
      case MAX_LENGTH -> given.toString().length() <= Integer.parseInt(value);
      case STARTS_WITH -> given.toString().startsWith(value);
      case ENDS_WITH -> given.toString().endsWith(value);
      case MATCHES -> Pattern.compile(value).matcher(given.toString()).find();
    };
  }

  private int compared(Object given) {
    return new BigDecimal(given.toString()).compareTo(new BigDecimal(value));
  }
}
