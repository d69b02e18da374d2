package dev.polder.dynamodb;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Provisioned capacity, which is recorded and described but not enforced.
///
/// @param read units a second; 0 on demand
/// @param write units a second; 0 on demand
/// @param increased when it was last raised
/// @param decreased when it was last lowered
/// @param decreases how often it was lowered on the day of `decreased`, in UTC
record Throughput(
    long read,
    long write,
    @Nullable Instant increased,
    @Nullable Instant decreased,
    long decreases) {

  /// That of a table that was never billed otherwise than by request.
  static final Throughput ON_DEMAND = of(0, 0);

  static Throughput of(long read, long write) {
    return new Throughput(read, write, null, null, 0);
  }

  /// This, changed. What is raised in one unit and lowered in the other counts as raised, though
  /// both moments are kept.
  Throughput changed(Throughput wanted, Instant when) {
    boolean raised = wanted.read > read || wanted.write > write;
    boolean lowered = wanted.read < read || wanted.write < write;
    return new Throughput(
        wanted.read,
        wanted.write,
        raised ? when : increased,
        lowered ? when : decreased,
        lowered ? decreasesOn(when) + (raised ? 0 : 1) : decreases);
  }

  /// These units with the moments and the count of this.
  Throughput units(long toRead, long toWrite) {
    return new Throughput(toRead, toWrite, increased, decreased, decreases);
  }

  /// Nothing, and said to have been lowered at this moment, without its being counted.
  Throughput lowered(Instant when) {
    return new Throughput(0, 0, increased, when, decreasesOn(when));
  }

  /// Nothing, lowered at this moment.
  Throughput switchedOff(Instant when) {
    return new Throughput(0, 0, increased, when, decreasesOn(when) + 1);
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
