package dev.polder.stepfunctions.execution;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.kernel.time.Time;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The timers of all executions. They are keys in the store, in the order of their times; in memory
/// is only one timer, for the first of them.
final class Timers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Timers.class.getName());
  private static final int WINDOW = 1000;

  private final Store store;
  private final Time time;
  private final Consumer<List<ExecutionStore.Waiter>> fire;
  private long armedAt = Long.MAX_VALUE;
  private Time.@Nullable Timer armed;
  private boolean closed;

  /// @param fire lets the timers given have their effect and removes them from the store; returns
  ///   when that is done
  Timers(Store store, Time time, Consumer<List<ExecutionStore.Waiter>> fire) {
    this.store = store;
    this.time = time;
    this.fire = fire;
  }

  /// Begins to look at what is stored.
  void start() {
    next();
  }

  /// Takes note of a timer that has been stored.
  synchronized void stored(long due) {
    if (!closed && due < armedAt) {
      arm(due);
    }
  }

  private void arm(long due) {
    if (armed != null) {
      armed.cancel();
    }
    armedAt = due;
    armed = time.at(Instant.ofEpochMilli(due), this::due);
  }

  private void due() {
    synchronized (this) {
      // Whatever is stored from now on is seen by the scans below.
      armedAt = Long.MIN_VALUE;
      armed = null;
    }
    try {
      for (var window = window(); !window.isEmpty(); window = window()) {
        fire.accept(window);
      }
      next();
    } catch (RuntimeException e) {
      again(e);
    }
  }

  /// Timers could not be dealt with: waits a moment, so as not to try without pause.
  private synchronized void again(RuntimeException e) {
    if (!closed) {
      LOG.log(ERROR, "Timers of executions failed", e);
      arm(time.instant().plusSeconds(1).toEpochMilli());
    }
  }

  private List<ExecutionStore.Waiter> window() {
    List<ExecutionStore.Waiter> found = new ArrayList<>();
    long now = time.instant().toEpochMilli();
    try (Scan scan =
        store.scan(
            new KeyRange(Keys.TIMERS, Keys.TIMERS.with(now == Long.MAX_VALUE ? now : now + 1)))) {
      while (scan.hasNext() && found.size() < WINDOW) {
        Scan.Entry entry = scan.next();
        found.add(
            new ExecutionStore.Waiter(
                entry.key(), Keys.execution(entry.key()), Keys.branch(entry.key()), 0));
      }
    }
    return found;
  }

  private synchronized void next() {
    armedAt = Long.MAX_VALUE;
    if (closed) {
      return;
    }
    try (Scan scan = store.scan(KeyRange.prefix(Keys.TIMERS))) {
      if (scan.hasNext()) {
        arm(Keys.due(scan.next().key()));
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (armed != null) {
      armed.cancel();
    }
  }
}
