package dev.polder.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A clock that moves only when told to. Timers that fall due run on the thread that moves it, in
/// order, before the move returns. Ships with the product so that embedders can test with it.
public final class ManualTime implements Time {
  private final TimerQueue queue = new TimerQueue();
  private final AtomicLong working = new AtomicLong();
  private Instant now;

  public ManualTime(Instant begin) {
    this.now = begin;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Timer at(Instant due, Runnable task) {
    var entry = queue.add(due, task);
    return () -> {
      synchronized (this) {
        return queue.remove(entry);
      }
    };
  }

  @Override
  public Work work() {
    working.incrementAndGet();
    return working::decrementAndGet;
  }

  /// How many pieces of work are open.
  public long working() {
    return working.get();
  }

  /// Moves on, running each timer at its own instant.
  public void advance(Duration by) {
    advanceTo(instant().plus(by));
  }

  /// Moves on to an instant; stays where it is if that has passed.
  public void advanceTo(Instant end) {
    for (var entry = next(end); entry != null; entry = next(end)) {
      entry.task().run();
    }
    synchronized (this) {
      now = end.isAfter(now) ? end : now;
    }
  }

  private synchronized TimerQueue.@Nullable Entry next(Instant end) {
    var entry = queue.poll(end);
    if (entry != null && entry.due().isAfter(now)) {
      now = entry.due();
    }
    return entry;
  }

  @Override
  public synchronized void close() {
    queue.clear();
  }
}
