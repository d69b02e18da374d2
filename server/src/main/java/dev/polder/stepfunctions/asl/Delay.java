package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Expression;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a Wait state waits.
public sealed interface Delay {
  /// The moment at which the wait is over; may be past.
  ///
  /// @param now when the state was entered
  /// @throws dev.polder.stepfunctions.expression.EvaluationFailure if no moment can be told
  Instant until(Data data, Instant now);

  /// For whole seconds, given by `Seconds` or by `SecondsPath`.
  ///
  /// @param path as written, or null
  record Seconds(Expression value, @Nullable String path) implements Delay {
    @Override
    public Instant until(Data data, Instant now) {
      return Waits.after(this, data, now);
    }
  }

  /// Until a moment, given by `Timestamp` or by `TimestampPath`.
  ///
  /// @param path as written, or null
  record Timestamp(Expression value, @Nullable String path) implements Delay {
    @Override
    public Instant until(Data data, Instant now) {
      return Waits.at(this, data, now);
    }
  }
}
