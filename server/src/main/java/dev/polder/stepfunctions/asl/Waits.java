package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import dev.polder.stepfunctions.expression.Timestamps;
import java.time.Instant;

/// When waits are over, and the words for values that do not tell (recorded).
final class Waits {
  private static final long LONGEST = Integer.MAX_VALUE;

  private Waits() {}

  static Instant after(Delay.Seconds delay, Data data, Instant now) {
    Object value = delay.value().evaluate(data);
    if (!(value instanceof Integer || value instanceof Long)) {
      throw delay.path() == null
          ? EvaluationFailure.query(
              "The Seconds field cannot be parsed as a long value: " + value, "Seconds")
          : EvaluationFailure.runtime(
              "The SecondsPath parameter cannot be parsed as a long value: "
                  + delay.path()
                  + " == "
                  + value);
    }
    long seconds = ((Number) value).longValue();
    if (seconds < 0) {
      throw delay.path() == null
          ? EvaluationFailure.query("The Seconds field is negative: " + seconds, "Seconds")
          : EvaluationFailure.runtime(
              "The SecondsPath parameter references a negative value: "
                  + delay.path()
                  + " == "
                  + seconds);
    }
    return limited(now.plusSeconds(Math.min(seconds, LONGEST + 1)), now);
  }

  static Instant at(Delay.Timestamp delay, Data data, Instant now) {
    Object value = delay.value().evaluate(data);
    Instant moment = Timestamps.lenient(value);
    if (moment != null) {
      return limited(moment, now);
    }
    throw delay.path() == null
        ? EvaluationFailure.query(
            "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format"
                + " string: "
                + value,
            "Timestamp")
        : EvaluationFailure.runtime(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
                + " date-time format string: "
                + delay.path()
                + " == "
                + value);
  }

  private static Instant limited(Instant moment, Instant now) {
    if (moment.getEpochSecond() - now.getEpochSecond() > LONGEST) {
      throw EvaluationFailure.runtime("Wait state delay is too long.");
    }
    return moment;
  }
}
