package dev.polder.kernel.time;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A clock that runs: with the machine's, or ahead of it by what it has skipped.
///
/// The skipping clock keeps every order of events that the real one would give between timers: it
/// jumps only while no [#work()] is open, and only to the next timer. Between jumps it runs on with
/// the machine's clock, so a time-out still ends work that hangs.
public final class RunningTime implements Time {
  private static final System.Logger LOG = System.getLogger(RunningTime.class.getName());

  private final InstantSource machine;
  private final boolean skips;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TimerQueue queue = new TimerQueue();
  private final Thread ticker;
  private Duration ahead = Duration.ZERO;
  private long working;
  private boolean closed;

  private RunningTime(InstantSource machine, boolean skips) {
    this.machine = machine;
    this.skips = skips;
    this.ticker = Thread.ofPlatform().daemon().name("timers").unstarted(this::tick);
  }

  /// The machine's clock.
  public static Time real() {
    return started(new RunningTime(InstantSource.system(), false));
  }

  /// A clock that jumps to the next timer whenever nothing is running. For tests and demos.
  ///
  /// @param begin its first instant
  public static Time skipping(Instant begin) {
    var time = new RunningTime(InstantSource.system(), true);
    time.ahead = Duration.between(InstantSource.system().instant(), begin);
    return started(time);
  }

  private static Time started(RunningTime time) {
    time.ticker.start();
    return time;
  }

  @Override
  public Instant instant() {
    if (!skips) {
      return machine.instant();
    }
    lock.lock();
    try {
      return now();
    } finally {
      lock.unlock();
    }
  }

  private Instant now() {
    return machine.instant().plus(ahead);
  }

  @Override
  public Timer at(Instant due, Runnable task) {
    lock.lock();
    try {
      var entry = queue.add(due, task);
      changed.signalAll();
      return () -> remove(entry);
    } finally {
      lock.unlock();
    }
  }

  private boolean remove(TimerQueue.Entry entry) {
    lock.lock();
    try {
      return queue.remove(entry);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Work work() {
    lock.lock();
    try {
      working++;
    } finally {
      lock.unlock();
    }
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        done();
      }
    };
  }

  private void done() {
    lock.lock();
    try {
      working--;
      if (working == 0 && skips) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    List<TimerQueue.Entry> due = new ArrayList<>();
    while (awaitDue(due)) {
      for (var entry : due) {
        Thread.ofVirtual().name("timer").start(() -> perform(entry.task()));
      }
      due.clear();
    }
  }

  /// Waits until tasks are due and takes them, each counted as work. False once closed.
  private boolean awaitDue(List<TimerQueue.Entry> due) {
    lock.lock();
    try {
      while (!closed) {
        if (skips && working == 0) {
          queue.next().ifPresent(this::jump);
        }
        for (var e = queue.poll(now()); e != null; e = queue.poll(now())) {
          due.add(e);
          working++;
        }
        if (!due.isEmpty()) {
          return true;
        }
        pause();
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void jump(Instant next) {
    Duration wait = Duration.between(now(), next);
    if (wait.isPositive()) {
      ahead = ahead.plus(wait);
    }
  }

  private void pause() throws InterruptedException {
    var next = queue.next();
    if (next.isEmpty()) {
      changed.await();
    } else {
      // Waits at most a day at once: the machine's clock may be set while we wait.
      long nanos = Math.min(Duration.ofDays(1).toNanos(), untilNanos(next.get()));
      // Whether it was woken or its time has come, the caller looks again.
      long _ = changed.awaitNanos(nanos);
    }
  }

  private long untilNanos(Instant next) {
    Duration wait = Duration.between(now(), next);
    return wait.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : wait.toNanos();
  }

  private void perform(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(ERROR, "A timer's task failed", e);
    } finally {
      done();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
