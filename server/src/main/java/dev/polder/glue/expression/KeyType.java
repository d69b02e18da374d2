package dev.polder.glue.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/// How the text of a key's values is read and compared. The set of types is that of the
/// GetPartitions reference page; `varchar` and `char` are read as `string`.
enum KeyType {
  STRING("String") {
    @Override
    Comparable<?> parse(String text) {
      return text;
    }
  },
  INTEGRAL("Integral") {
    @Override
    Comparable<?> parse(String text) {
      try {
        return new BigInteger(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("\"" + text + "\" is not an integer.", e);
      }
    }
  },
  DECIMAL("Decimal") {
    @Override
    Comparable<?> parse(String text) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(text + " is not a decimal.", e);
      }
    }
  },
  DATE("Date") {
    @Override
    Comparable<?> parse(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(text + " is not a date.", e);
      }
    }
  },
  TIMESTAMP("Timestamp") {
    @Override
    Comparable<?> parse(String text) {
      try {
        return LocalDateTime.parse(text, MOMENT);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff]", e);
      }
    }
  };

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private final String title;

  KeyType(String title) {
    this.title = title;
  }

  /// The name that messages use.
  String title() {
    return title;
  }

  /// Reads a value.
  ///
  /// @throws IllegalArgumentException in the words of the service
  abstract Comparable<?> parse(String text);

  /// The type of a Hive type's name.
  static KeyType of(String hive) {
    int parameters = hive.indexOf('(');
    String name = (parameters < 0 ? hive : hive.substring(0, parameters)).strip();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "string", "varchar", "char" -> STRING;
      case "int", "integer", "bigint", "long", "tinyint", "smallint" -> INTEGRAL;
      case "decimal" -> DECIMAL;
      case "date" -> DATE;
      case "timestamp" -> TIMESTAMP;
      default -> throw new InvalidExpressionException("Unknown type : '" + hive + "'");
    };
  }
}
