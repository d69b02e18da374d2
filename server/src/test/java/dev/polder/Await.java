package dev.polder;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Looks until something holds that comes about on another thread.
public final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  private Await() {}

  /// Returns once the condition holds; fails if it does not within a minute.
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It did not come about in " + LONGEST);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
