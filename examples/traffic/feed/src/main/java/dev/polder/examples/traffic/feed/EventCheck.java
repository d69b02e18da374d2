package dev.polder.examples.traffic.feed;

import java.time.DateTimeException;

/// Decides whether an event can be landed: every field is there, has its type, and is plausible.
public final class EventCheck {
  /// How far ahead of its arrival an event may claim to have been measured; the ETL relies on this
  /// bound.
  static final long CLOCK_AHEAD_SECONDS = 3600;

  private EventCheck() {}

  /// The verdict on an event.
  ///
  /// @param arrival when it arrived, seconds since 1970
  public static Verdict check(RawEvent raw, long arrival) {
    Event.Builder builder = new Event.Builder();
    for (Field field : Field.ALL) {
      if (!raw.has(field) || raw.length(field) == 0) {
        return new Verdict.Refused("MissingField", "Expected " + field.key());
      }
      if (!field.isNumber()) {
        builder.set(field, raw.text(field));
        continue;
      }
      long number;
      try {
        number = field == Field.TIJD_WAARNEMING ? time(raw) : whole(raw, field);
      } catch (NumberFormatException | DateTimeException e) {
        return wrongType(field, raw.text(field));
      }
      if (number < field.min() || number > field.max()) {
        return outOfRange(field, "from " + field.min() + " to " + field.max(), number);
      }
      builder.set(field, (int) number);
    }
    Event event = builder.build();
    long measured = event.number(Field.TIJD_WAARNEMING);
    return measured > arrival + CLOCK_AHEAD_SECONDS
        ? outOfRange(
            Field.TIJD_WAARNEMING, "at most an hour after the arrival at " + arrival, measured)
        : new Verdict.Accepted(event);
  }

  private static Verdict wrongType(Field field, String text) {
    return new Verdict.Refused(
        "WrongType", "Expected " + field.key() + " to be " + type(field) + " but was " + text);
  }

  private static Verdict outOfRange(Field field, String range, long number) {
    return new Verdict.Refused(
        "OutOfRange", "Expected " + field.key() + " " + range + " but was " + number);
  }

  private static String type(Field field) {
    return field == Field.TIJD_WAARNEMING
        ? "a time with an offset or seconds since 1970"
        : "a whole number";
  }

  /// ISO 8601 in the feed's XML, seconds in its JSON events.
  private static long time(RawEvent raw) {
    char[] chars = raw.chars();
    int from = raw.offset(Field.TIJD_WAARNEMING);
    int length = raw.length(Field.TIJD_WAARNEMING);
    boolean iso = length > 10 && chars[from + 10] == 'T';
    return iso ? FeedTime.epochSecond(chars, from, length) : whole(raw, Field.TIJD_WAARNEMING);
  }

  private static long whole(RawEvent raw, Field field) {
    char[] chars = raw.chars();
    int from = raw.offset(field);
    int end = from + raw.length(field);
    boolean negative = chars[from] == '-';
    int at = negative ? from + 1 : from;
    if (at == end || end - at > 18) {
      throw new NumberFormatException();
    }
    long number = 0;
    for (; at < end; at++) {
      int digit = chars[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException();
      }
      number = number * 10 + digit;
    }
    return negative ? -number : number;
  }
}
