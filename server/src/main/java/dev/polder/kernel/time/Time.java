package dev.polder.kernel.time;

import java.time.Instant;
import java.time.InstantSource;

/// The clock of this process, and its timers. Nothing else may ask for the time or wait for it.
///
/// Timers are in memory: who must keep a deadline over a restart writes it to the store and sets
/// the timer again in its `start()`.
public interface Time extends InstantSource, AutoCloseable {

  @Override
  Instant instant();

  /// Runs a task once, at `due` or as soon as possible where that has passed. The task runs on a
  /// virtual thread of its own and counts as [#work()] until it returns.
  Timer at(Instant due, Runnable task);

  /// Marks that something is running whose end the clock must wait for: a clock that skips may jump
  /// to the next timer only while nothing is marked. Hold it from before the work is visible to
  /// anybody until its outcome is recorded, and close it once.
  Work work();

  /// Runs a task on a virtual thread of its own, marked as [#work()] from now until it returns.
  default void run(String name, Runnable task) {
    Work work = work();
    try {
      Thread.ofVirtual()
          .name(name)
          .start(() -> {
            try (work) {
              task.run();
            }
          });
    } catch (RuntimeException | Error e) {
      work.close();
      throw e;
    }
  }

  /// Ends all timers. Tasks that run are not waited for.
  @Override
  void close();

  /// A task that waits for its time.
  interface Timer {
    /// Takes the task back. False if it has begun, or was taken back before.
    boolean cancel();
  }

  /// Something that is running. Closing twice is closing once.
  interface Work extends AutoCloseable {
    @Override
    void close();
  }
}
