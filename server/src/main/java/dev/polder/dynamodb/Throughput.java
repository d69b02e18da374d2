package dev.polder.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The capacity of a table or index, which is recorded and described but not enforced.
///
/// @param read units a second; 0 on demand
/// @param write units a second; 0 on demand
/// @param increased when it was last raised
/// @param decreased when it was last lowered
/// @param decreases how often it was lowered on the day of `decreased`, in UTC
/// @param ceilings the limits of what is billed by request; none where capacity is provisioned
record Throughput(
    long read,
    long write,
    @Nullable Instant increased,
    @Nullable Instant decreased,
    long decreases,
    Ceilings ceilings) {

  private static final int DECREASES_A_DAY = 4;
  private static final Duration BETWEEN_DECREASES = Duration.ofHours(1);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern(
              "EEEE, MMMM d, uuuu 'at' h:mm:ss a 'Coordinated Universal Time'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /// That of a table that was never billed otherwise than by request.
  static final Throughput ON_DEMAND = of(0, 0);

  static Throughput of(long read, long write) {
    return new Throughput(read, write, null, null, 0, Ceilings.NONE);
  }

  /// This, changed. What is raised in one unit and lowered in the other counts as raised, though
  /// both moments are kept.
  Throughput changed(Throughput wanted, Instant when) {
    boolean raised = wanted.read > read || wanted.write > write;
    boolean lowered = wanted.read < read || wanted.write < write;
    if (lowered && !raised) {
      requireDecreasable(when);
    }
    return new Throughput(
        wanted.read,
        wanted.write,
        raised ? when : increased,
        lowered ? when : decreased,
        lowered ? decreasesOn(when) + (raised ? 0 : 1) : decreases,
        ceilings);
  }

  /// Refuses more decreases than a day has, after which there is one an hour.
  /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
  private void requireDecreasable(Instant when) {
    if (decreased != null
        && decreasesOn(when) >= DECREASES_A_DAY
        && when.isBefore(decreased.plus(BETWEEN_DECREASES))) {
      throw DynamoDbErrors.limitExceeded(
          "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given"
              + " UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day"
              + " can be performed at most once every 3600 seconds. Number of decreases today: "
              + decreases
              + ". Last decrease at "
              + MOMENT.format(decreased)
              + ". Next decrease can be made at "
              + MOMENT.format(decreased.plus(BETWEEN_DECREASES)));
    }
  }

  /// These units with the moments and the count of this, without its limits.
  Throughput units(long toRead, long toWrite) {
    return new Throughput(toRead, toWrite, increased, decreased, decreases, Ceilings.NONE);
  }

  Throughput withCeilings(Ceilings changed) {
    return new Throughput(read, write, increased, decreased, decreases, changed);
  }

  /// Nothing, and said to have been lowered at this moment, without its being counted.
  Throughput lowered(Instant when) {
    return new Throughput(0, 0, increased, when, decreasesOn(when), Ceilings.NONE);
  }

  /// Nothing, lowered at this moment.
  Throughput switchedOff(Instant when) {
    return new Throughput(0, 0, increased, when, decreasesOn(when) + 1, Ceilings.NONE);
  }

  boolean hasUnitsOf(Throughput other) {
    return read == other.read && write == other.write;
  }

  /// How often it was lowered on the day of a moment.
  long decreasesOn(Instant now) {
    return decreased != null && day(decreased).equals(day(now)) ? decreases : 0;
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
