package dev.polder.stepfunctions.execution;

import dev.polder.kernel.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What happens to executions, one execution at a time: while one turn of an execution is being
/// made and stored, what else happens to it gathers for the next. There is a box only while there
/// is something in it or somebody at it.
final class Mailboxes implements AutoCloseable {
  private final ConcurrentMap<ExecutionKey, List<Trigger>> boxes = new ConcurrentHashMap<>();
  private final Time time;
  private final BiConsumer<ExecutionKey, List<Trigger>> turn;
  private volatile boolean closed;

  Mailboxes(Time time, BiConsumer<ExecutionKey, List<Trigger>> turn) {
    this.time = time;
    this.turn = turn;
  }

  /// Brings a trigger to an execution. Returns at once; the turn is work of the clock.
  void post(ExecutionKey key, Trigger trigger) {
    boolean[] first = new boolean[1];
    boxes.compute(
        key,
        (_, box) -> {
          first[0] = box == null;
          List<Trigger> into = box == null ? new ArrayList<>() : box;
          into.add(trigger);
          return into;
        });
    if (first[0]) {
      time.run("execution", () -> drain(key));
    }
  }

  /// Does something with an execution while nobody else does. Only for executions that nobody knows
  /// yet; what comes in meanwhile is dealt with before this returns.
  void alone(ExecutionKey key, Runnable action) {
    Time.Work working = time.work();
    try {
      if (boxes.putIfAbsent(key, new ArrayList<>()) != null) {
        // Somebody begins the same execution now, or it runs: the store tells.
        action.run();
        return;
      }
      try {
        action.run();
      } finally {
        drain(key);
      }
    } finally {
      working.close();
    }
  }

  private void drain(ExecutionKey key) {
    for (List<Trigger> next = take(key); next != null; next = take(key)) {
      if (closed) {
        next.forEach(Mailboxes::refuse);
      } else {
        turn.accept(key, next);
      }
    }
  }

  private static void refuse(Trigger trigger) {
    Answer answer = trigger.awaited();
    if (answer != null) {
      answer.fail(new IllegalStateException("The service is closing"));
    }
  }

  private @Nullable List<Trigger> take(ExecutionKey key) {
    List<Trigger> taken = new ArrayList<>();
    boxes.computeIfPresent(
        key,
        (_, box) -> {
          taken.addAll(box);
          box.clear();
          return taken.isEmpty() ? null : box;
        });
    return taken.isEmpty() ? null : taken;
  }

  @Override
  public void close() {
    closed = true;
  }
}
