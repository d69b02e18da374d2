package dev.polder.examples.traffic.feed;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// The feed's times: ISO 8601, local time at a fixed +01:00 all year, such as
/// `2020-04-30T16:56:00+01:00`.
///
/// The offset is part of the time: 16:56 at +01:00 is 15:56 UTC. Reading it as UTC puts every event
/// an hour late.
public final class FeedTime {
  private static final int OFFSET_SECONDS = 3600;
  private static final int LENGTH = "2020-04-30T16:56:00+01:00".length();

  private FeedTime() {}

  /// The time as the feed writes it.
  ///
  /// @param epochSecond seconds since 1970
  public static String text(long epochSecond) {
    byte[] text = new byte[LENGTH];
    write(epochSecond, text, 0);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /// Writes the time as the feed does; answers the position behind it.
  static int write(long epochSecond, byte[] into, int at) {
    long local = epochSecond + OFFSET_SECONDS;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(local, 86400L));
    int second = (int) Math.floorMod(local, 86400L);
    int next = digits(into, at, date.getYear(), 4);
    into[next++] = '-';
    next = digits(into, next, date.getMonthValue(), 2);
    into[next++] = '-';
    next = digits(into, next, date.getDayOfMonth(), 2);
    into[next++] = 'T';
    next = digits(into, next, second / 3600, 2);
    into[next++] = ':';
    next = digits(into, next, second / 60 % 60, 2);
    into[next++] = ':';
    next = digits(into, next, second % 60, 2);
    into[next++] = '+';
    next = digits(into, next, 1, 2);
    into[next++] = ':';
    return digits(into, next, 0, 2);
  }

  /// The instant that the text names, in seconds since 1970.
  ///
  /// @throws DateTimeException if the text is no time with an offset
  static long epochSecond(char[] chars, int from, int length) {
    if (length == LENGTH && chars[from + 19] == '+' && chars[from + 10] == 'T') {
      long day =
          LocalDate.of(
                  number(chars, from, 4), number(chars, from + 5, 2), number(chars, from + 8, 2))
              .toEpochDay();
      int hour = number(chars, from + 11, 2);
      int minute = number(chars, from + 14, 2);
      int second = number(chars, from + 17, 2);
      int offset = number(chars, from + 20, 2) * 3600 + number(chars, from + 23, 2) * 60;
      if (hour < 24
          && minute < 60
          && second < 60
          && offset <= 18 * 3600
          && hasSeparators(chars, from)) {
        return day * 86400 + hour * 3600 + minute * 60 + second - offset;
      }
    }
    return OffsetDateTime.parse(new String(chars, from, length))
        .withOffsetSameInstant(ZoneOffset.UTC)
        .toEpochSecond();
  }

  private static boolean hasSeparators(char[] chars, int from) {
    return chars[from + 4] == '-'
        && chars[from + 7] == '-'
        && chars[from + 13] == ':'
        && chars[from + 16] == ':'
        && chars[from + 22] == ':';
  }

  private static int number(char[] chars, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      if (chars[i] < '0' || chars[i] > '9') {
        throw new DateTimeException("Expected a digit but was '" + chars[i] + "'");
      }
      number = number * 10 + chars[i] - '0';
    }
    return number;
  }

  private static int digits(byte[] into, int at, int number, int digits) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }
}
