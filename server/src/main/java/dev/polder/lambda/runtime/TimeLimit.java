package dev.polder.lambda.runtime;

import dev.polder.kernel.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Waits for the end of something that has only so much time.
final class TimeLimit {
  private TimeLimit() {}

  /// The outcome, or [Outcome.TimedOut] after `limit`; [Outcome.Stopped] if this thread is
  /// interrupted.
  ///
  /// @throws ExecutionException with the cause if the result is a defect
  static Outcome await(Time time, Duration limit, CompletableFuture<Outcome> result)
      throws ExecutionException {
    var timer = time.at(time.instant().plus(limit), () -> result.complete(new Outcome.TimedOut()));
    try {
      return result.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Stopped();
    } finally {
      timer.cancel();
    }
  }
}
