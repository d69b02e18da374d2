package dev.polder.stepfunctions;

import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.stepfunctions.execution.Runner;
import dev.polder.stepfunctions.execution.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Workers that wait for tasks of activities.
final class ActivityPolls {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Time time;
  private final Supplier<Runner> runner;
  private final Map<String, List<Semaphore>> waiting = new ConcurrentHashMap<>();

  ActivityPolls(Time time, Supplier<Runner> runner) {
    this.time = time;
    this.runner = runner;
  }

  /// Wakes those who wait for tasks of an activity.
  void offered(Scope scope, String arn) {
    List<Semaphore> pollers = waiting.get(scope + arn);
    if (pollers != null) {
      pollers.forEach(Semaphore::release);
    }
  }

  /// The next task, or empty after 60 seconds without one.
  Optional<Standing.Tasking> take(Scope scope, String arn, @Nullable String worker) {
    var woken = new Semaphore(0);
    List<Semaphore> pollers =
        waiting.computeIfAbsent(scope + arn, _ -> new CopyOnWriteArrayList<>());
    pollers.add(woken);
    Instant end = time.instant().plus(LONGEST);
    Time.Timer timer = time.at(end, woken::release);
    try {
      while (true) {
        Optional<Standing.Tasking> task = runner.get().take(scope, arn, worker);
        if (task.isPresent() || !time.instant().isBefore(end)) {
          return task;
        }
        woken.acquireUninterruptibly();
      }
    } finally {
      pollers.remove(woken);
      if (!timer.cancel()) {
        woken.drainPermits();
      }
    }
  }
}
