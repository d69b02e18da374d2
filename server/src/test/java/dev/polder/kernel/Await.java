package dev.polder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A real wait for what other threads or processes do.
public final class Await {
  private Await() {}

  /// What is waited for.
  public interface Condition {
    boolean holds() throws Exception;
  }

  /// Looks again and again until the condition holds; fails the test if it does not within a
  /// minute.
  public static void until(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      assertThat(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
