package dev.polder.conformance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Asks until the answer is the one wanted.
final class Await {
  private static final long LIMIT = TimeUnit.MINUTES.toNanos(5);
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(20);

  private Await() {}

  /// The first answer that is as wanted.
  ///
  /// @throws IllegalStateException with the last answer, after five minutes
  static <T> T until(Supplier<T> asked, Predicate<T> wanted) {
    long began = System.nanoTime();
    T answer = asked.get();
    while (!wanted.test(answer)) {
      if (System.nanoTime() - began > LIMIT) {
        throw new IllegalStateException("Not within five minutes; the last answer was " + answer);
      }
      LockSupport.parkNanos(POLL);
      answer = asked.get();
    }
    return answer;
  }
}
