package dev.polder.kernel.time;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tasks in the order of their times. Not safe for use by several threads: its owner locks.
final class TimerQueue {

  /// A task, its time, and the order in which equal times were given.
  record Entry(Instant due, long order, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final TreeSet<Entry> entries = new TreeSet<>();
  private long count;

  Entry add(Instant due, Runnable task) {
    var entry = new Entry(due, count++, task);
    entries.add(entry);
    return entry;
  }

  boolean remove(Entry entry) {
    return entries.remove(entry);
  }

  /// The time of the first task.
  Optional<Instant> next() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first().due());
  }

  /// Takes the first task if its time has come.
  @Nullable Entry poll(Instant now) {
    if (entries.isEmpty() || entries.first().due().isAfter(now)) {
      return null;
    }
    return entries.pollFirst();
  }

  void clear() {
    entries.clear();
  }
}
