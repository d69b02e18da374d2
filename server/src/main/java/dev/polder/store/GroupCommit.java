package dev.polder.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gathers the batches of many threads into one write, in the order in which they came. What a
/// batch requires is checked against the store and against the batches before it in the same group.
///
/// Two threads share the work: one writes a group while the other waits for the disk to have the
/// groups before it. A commit returns after the sync that follows its write; what is written is
/// visible before that, but nothing written later can be on disk without it.
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
  // One group is ahead of the disk at most: the next gathers meanwhile, as large as it can be.
  private final SynchronousQueue<List<Waiting>> written = new SynchronousQueue<>();
  private final Consumer<List<Batch.Line>> writer;
  private final Runnable syncer;
  private final Function<Key, byte @Nullable []> reader;
  private final Thread writing;
  private final Thread syncing;
  private volatile boolean closed;
  private volatile boolean over; // nobody takes from the queue any more

  /// @param writer writes lines, all or none, for everybody to see
  /// @param syncer returns once all that was written before is on disk
  /// @param reader the present value of a key
  GroupCommit(
      Consumer<List<Batch.Line>> writer, Runnable syncer, Function<Key, byte @Nullable []> reader) {
    this.writer = writer;
    this.syncer = syncer;
    this.reader = reader;
    this.writing = Thread.ofPlatform().daemon().name("store-writer").start(this::write);
    this.syncing = Thread.ofPlatform().daemon().name("store-syncer").start(this::sync);
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

  private void write() {
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
    handOver(List.of());
  }

  private void handOver(List<Waiting> group) {
    boolean interrupted = false;
    while (true) {
      try {
        written.put(group);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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

  /// Tells the threads that wait; an empty group is the last.
  private void sync() {
    while (true) {
      List<Waiting> group;
      try {
        group = written.take();
      } catch (InterruptedException e) {
        continue;
      }
      if (group.isEmpty()) {
        return;
      }
      try {
        syncer.run();
      } catch (RuntimeException e) {
        fail(group, e);
      }
      group.forEach(each -> each.done.countDown());
    }
  }

  private static void fail(List<Waiting> group, RuntimeException cause) {
    for (Waiting each : group) {
      each.failure = new UncheckedIOException(cause.getMessage(), new IOException(cause));
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
    if (accepted.isEmpty()) {
      return;
    }
    try {
      if (!pending.lines.isEmpty()) {
        writer.accept(pending.lines);
      }
    } catch (RuntimeException e) {
      fail(accepted, e);
      accepted.forEach(each -> each.done.countDown());
      return;
    }
    handOver(accepted);
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
    while (writing.isAlive() || syncing.isAlive()) {
      try {
        if (writing.isAlive()) {
          queue.put(new Waiting(null));
        }
        writing.join();
        syncing.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
