package dev.polder.stepfunctions.execution;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Where whoever triggered something learns what came of it, after it is on disk.
public final class Answer {

  /// What came of a trigger.
  public enum Kind {
    /// It took effect.
    DONE,
    /// There is no such task, or no such open execution.
    UNKNOWN,
    /// The task is not open any more.
    TIMED_OUT
  }

  private final CountDownLatch given = new CountDownLatch(1);
  private Kind kind = Kind.UNKNOWN;
  private @Nullable RuntimeException failure;
  private Standing.@Nullable Tasking task;

  /// What the turn decided; told only by [#give].
  void decide(Kind decided) {
    this.kind = decided;
  }

  void decide(Kind decided, Standing.Tasking taken) {
    this.kind = decided;
    this.task = taken;
  }

  void give() {
    given.countDown();
  }

  void fail(RuntimeException e) {
    this.failure = e;
    given.countDown();
  }

  /// Waits for the answer.
  public Kind await() {
    boolean interrupted = false;
    while (true) {
      try {
        given.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    return kind;
  }

  /// The task that a worker has taken, or null.
  public Standing.@Nullable Tasking task() {
    return task;
  }
}
