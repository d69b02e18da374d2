package dev.polder.gateway.codec;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/// Instants as the protocols write them. Written to the millisecond, as AWS does; read to the
/// nanosecond.
public final class Timestamps {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  // Beyond what an Instant holds; keeps a hostile exponent from becoming a number of that length.
  private static final BigDecimal FARTHEST = new BigDecimal("31556889864403200");

  private Timestamps() {}

  /// The text of an instant.
  public static String format(Instant instant, Format format) {
    return switch (format) {
      case ISO_8601 -> DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(MILLIS));
      case RFC_822 -> HTTP_DATE.format(instant);
      case UNIX_TIMESTAMP -> epochSeconds(instant);
      case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
    };
  }

  /// Seconds since 1970 with up to three decimals.
  public static String epochSeconds(Instant instant) {
    long millis = instant.toEpochMilli();
    return millis % 1000 == 0
        ? Long.toString(millis / 1000)
        : new BigDecimal(millis).movePointLeft(3).stripTrailingZeros().toPlainString();
  }

  /// Reads any of the formats: a number is seconds (milliseconds where `format` says so), a text
  /// that begins with a letter an HTTP date, all else ISO 8601.
  ///
  /// @throws MalformedInputException if it is none of them
  public static Instant parse(String text, @Nullable Format format) {
    try {
      if (!text.isEmpty() && isNumber(text)) {
        return fromEpoch(new BigDecimal(text), format);
      }
      return !text.isEmpty() && Character.isLetter(text.charAt(0))
          ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException | NumberFormatException e) {
      throw new MalformedInputException("Expected a timestamp but was " + text, e);
    }
  }

  /// Reads a number of seconds, or of milliseconds where `format` says so.
  ///
  /// @throws MalformedInputException if it is out of an [Instant]'s range
  public static Instant fromEpoch(BigDecimal number, @Nullable Format format) {
    if (tooLong(number) || number.abs().compareTo(FARTHEST) >= 0) {
      throw new MalformedInputException("Expected a timestamp but the number is out of range");
    }
    BigDecimal seconds = format == Format.UNIX_TIMESTAMP_MILLIS ? number.movePointLeft(3) : number;
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = seconds.subtract(whole).movePointRight(9);
    return Instant.ofEpochSecond(whole.longValue(), nanos.longValue());
  }

  private static boolean tooLong(BigDecimal number) {
    return number.signum() != 0 && Math.abs((long) number.precision() - number.scale()) > 30
        || number.precision() > 60;
  }

  private static boolean isNumber(String text) {
    boolean point = false;
    for (int i = text.charAt(0) == '-' && text.length() > 1 ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}
