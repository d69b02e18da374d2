package dev.polder.dynamodb;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.time.Time;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Phaser;

/// Work that nobody waits for, except the end of the service. What a disk refuses, as a full one
/// does, is tried again until there is room.
final class Background implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Background.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Time time;
  private final Phaser running = new Phaser(1);
  private volatile boolean closing;

  Background(Time time) {
    this.time = time;
  }

  /// Runs a task on a thread of its own.
  void run(String name, Runnable task) {
    time.run(name, () -> perform(name, task));
  }

  /// Runs a task on this thread.
  void perform(String name, Runnable task) {
    if (running.register() < 0) {
      return;
    }
    try {
      if (!closing) {
        task.run();
      }
    } catch (UncheckedIOException e) {
      LOG.log(
          WARNING,
          () -> "The disk refused the task " + name + ", tried again soon: " + e.getMessage());
      Time.Timer _ = time.at(time.instant().plus(RETRY), () -> perform(name, task));
    } catch (RuntimeException e) {
      LOG.log(ERROR, "The task " + name + " failed", e);
    } finally {
      running.arriveAndDeregister();
    }
  }

  /// True once tasks should stop where they are.
  boolean isClosing() {
    return closing;
  }

  /// Asks tasks to stop and waits for them.
  @Override
  public void close() {
    closing = true;
    running.arriveAndAwaitAdvance();
    running.forceTermination();
  }
}
