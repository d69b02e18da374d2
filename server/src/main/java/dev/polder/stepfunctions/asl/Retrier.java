package dev.polder.stepfunctions.asl;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How often and how soon something that failed is tried again.
///
/// @param intervalSeconds before the first new attempt, at least 1
/// @param maxAttempts new attempts, 0 for none
/// @param backoffRate by which the interval is multiplied from attempt to attempt, at least 1
/// @param maxDelaySeconds the longest interval, or null for no limit
public record Retrier(
    ErrorEquals errors,
    long intervalSeconds,
    int maxAttempts,
    double backoffRate,
    @Nullable Long maxDelaySeconds,
    Jitter jitter) {

  /// Whether intervals are made random so that many clients do not come back at once.
  public enum Jitter {
    NONE,
    FULL
  }

  /// The position of the retrier that sees to an error: the first whose errors match, whether or
  /// not it has attempts left. Each retrier counts the attempts it has caused itself.
  public static OptionalInt find(List<Retrier> retriers, String error) {
    return ErrorEquals.first(retriers, Retrier::errors, error);
  }

  /// Whether there may be one more attempt.
  ///
  /// @param attempts those that this retrier has caused so far
  public boolean hasAttemptsLeft(int attempts) {
    return attempts < maxAttempts;
  }

  /// The time to wait before a new attempt.
  ///
  /// @param attempt 1 for the first new attempt
  /// @param random used with full jitter only: the result is then anywhere from 0 to the interval
  public Duration delay(int attempt, RandomGenerator random) {
    double seconds = intervalSeconds * Math.pow(backoffRate, attempt - 1.0);
    double limited = maxDelaySeconds == null ? seconds : Math.min(seconds, maxDelaySeconds);
    double bounded = Math.min(limited, 31_622_400); // over a year: no execution lives longer
    double chosen =
        switch (jitter) {
          case NONE -> bounded;
          case FULL -> bounded * random.nextDouble();
        };
    return Duration.ofMillis(Math.round(chosen * 1000));
  }
}
