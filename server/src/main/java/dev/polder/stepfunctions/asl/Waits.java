package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// When waits are over.
final class Waits {
  private Waits() {}

  static Instant after(Delay.Seconds delay, Data data, Instant now) {
    if (delay.value().evaluate(data) instanceof Number n) {
      return now.plusSeconds(n.longValue());
    }
    throw EvaluationFailure.runtime(
        "The SecondsPath parameter does not reference an input value: " + delay.path());
  }

  static Instant at(Delay.Timestamp delay, Data data) {
    Object value = delay.value().evaluate(data);
    try {
      return OffsetDateTime.parse(String.valueOf(value)).toInstant();
    } catch (DateTimeException e) {
      throw EvaluationFailure.runtime(
          "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
              + " date-time format string: "
              + delay.path()
              + " == "
              + value);
    }
  }
}
