package dev.polder.store;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gathers the batches of many threads into one write, in the order in which they came. What a
/// batch requires is checked against the store and against the batches before it in the same group.
final class GroupCommit implements AutoCloseable {
  private static final int QUEUE = 4096;
  private static final int GROUP = 512;

  private static final class Waiting {
    final @Nullable Batch batch;
    final CountDownLatch done = new CountDownLatch(1);
    @Nullable RuntimeException failure;

    Waiting(@Nullable Batch batch) {
      this.batch = batch;
    }
  }

  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Consumer<Iterable<Batch.Line>> writer;
  private final Function<Key, byte @Nullable []> reader;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean over; // nobody takes from the queue any more

  /// @param writer makes lines durable, all or none
  /// @param reader the present value of a key
  GroupCommit(Consumer<Iterable<Batch.Line>> writer, Function<Key, byte @Nullable []> reader) {
    this.writer = writer;
    this.reader = reader;
    this.thread = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
  }

  void commit(Batch batch) {
    if (closed) {
      throw new IllegalStateException("The store is closed");
    }
    var waiting = new Waiting(batch);
    boolean interrupted = false;
    boolean queued = false;
    while (true) {
      try {
        if (!queued) {
          queue.put(waiting);
          queued = true;
          if (over) {
            refuseRest();
          }
        }
        waiting.done.await();
        break;
      } catch (InterruptedException e) {
        // The outcome must be known before the caller may go on; the interrupt is kept for it.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (waiting.failure != null) {
      throw waiting.failure;
    }
  }

  private void run() {
    List<Waiting> group = new ArrayList<>(GROUP);
    boolean last = false;
    while (!last) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        continue;
      }
      queue.drainTo(group, GROUP - 1);
      last = group.removeIf(each -> each.batch == null);
      write(group);
      group.clear();
    }
    over = true;
    refuseRest();
  }

  /// Ends those who still came after the last group: whoever was about to come sees that all is
  /// [#over] and does this himself.
  private void refuseRest() {
    List<Waiting> rest = new ArrayList<>();
    queue.drainTo(rest);
    for (Waiting each : rest) {
      each.failure = new IllegalStateException("The store is closed");
      each.done.countDown();
    }
  }

  private void write(List<Waiting> group) {
    Pending pending = new Pending();
    List<Waiting> accepted = new ArrayList<>(group.size());
    for (Waiting each : group) {
      Batch batch = java.util.Objects.requireNonNull(each.batch);
      try {
        pending.accept(batch);
        accepted.add(each);
      } catch (RuntimeException e) {
        each.failure = e;
        each.done.countDown();
      }
    }
    try {
      if (!pending.lines.isEmpty()) {
        writer.accept(pending.lines);
      }
    } catch (RuntimeException e) {
      for (Waiting each : accepted) {
        each.failure = new UncheckedIOException(e.getMessage(), new java.io.IOException(e));
      }
    }
    accepted.forEach(each -> each.done.countDown());
  }

  /// The lines of the group so far, and what they make of the keys they touch.
  private final class Pending {
    final List<Batch.Line> lines = new ArrayList<>();
    private @Nullable Map<Key, byte @Nullable []> changed;

    void accept(Batch batch) {
      for (Batch.Line line : batch.lines()) {
        if (line instanceof Batch.Require require) {
          byte[] value = value(require.key());
          if (!Arrays.equals(value, require.value())) {
            throw new ConflictException(require.key());
          }
        }
      }
      lines.addAll(batch.lines());
      changed = null;
    }

    /// The value that a key has after the lines so far. Requirements are rare and groups small, so
    /// the map is made only when one asks, and again after each batch.
    private byte @Nullable [] value(Key key) {
      if (changed == null) {
        changed = new HashMap<>();
        for (Batch.Line line : lines) {
          apply(changed, line);
        }
      }
      if (changed.containsKey(key)) {
        return changed.get(key);
      }
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (lines.get(i) instanceof Batch.DeleteRange range && range.range().contains(key)) {
          return null;
        }
      }
      return reader.apply(key);
    }

    private static void apply(Map<Key, byte @Nullable []> changed, Batch.Line line) {
      switch (line) {
        case Batch.Put put -> changed.put(put.key(), put.value());
        case Batch.Delete delete -> changed.put(delete.key(), null);
        case Batch.DeleteRange range ->
            changed.replaceAll((key, value) -> range.range().contains(key) ? null : value);
        case Batch.Require _ -> {}
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        queue.put(new Waiting(null));
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
