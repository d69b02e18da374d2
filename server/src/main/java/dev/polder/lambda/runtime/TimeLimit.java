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
  /// @param begin sets going what gives the result; its time runs from before this
  /// @throws ExecutionException with the cause if the result is a defect
  static Outcome await(Time time, Duration limit, CompletableFuture<Outcome> result, Runnable begin)
      throws ExecutionException {
    var timer = time.at(time.instant().plus(limit), () -> result.complete(new Outcome.TimedOut()));
    try {
      begin.run();
      return result.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Stopped();
    } finally {
      timer.cancel();
    }
  }
}
