package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import java.util.ArrayList;
import java.util.List;

/// Where executions are in the store.
///
/// What belongs to one execution is under its account and region. What the process as a whole must
/// find (timers, open work, awaited jobs) is under `~` in their place, which is no account.
final class Keys {
  private static final String SERVICE = "stepfunctions";
  private static final Key ALL = Key.of(SERVICE, "~");
  static final Key TIMERS = ALL.with("timer");
  static final Key OPEN = ALL.with("open");
  private static final Key JOBS = ALL.with("job");

  private Keys() {}

  private static Key in(Scope scope, String kind) {
    return Key.of(SERVICE, scope.account(), scope.region(), kind);
  }

  private static Key of(ExecutionKey key, String kind) {
    return in(key.scope(), kind).with(key.machine()).with(key.name());
  }

  static Key head(ExecutionKey key) {
    return of(key, "execution");
  }

  /// The log of an execution; each key below it ends with the number of its first entry.
  static Key log(ExecutionKey key) {
    return of(key, "log");
  }

  static Key state(ExecutionKey key) {
    return of(key, "state");
  }

  /// The branches of an execution, but for the first.
  static Key branches(ExecutionKey key) {
    return of(key, "branch");
  }

  /// The executions of a machine, the latest first.
  static Key started(Scope scope, String machine) {
    return in(scope, "started").with(machine);
  }

  static Key started(ExecutionKey key, long order) {
    return started(key.scope(), key.machine()).with(Long.MAX_VALUE - order).with(key.name());
  }

  /// Those who await a job.
  static Key job(Standing.Job job) {
    return JOBS.with(job.kind()).with(job.id());
  }

  /// The tasks of an activity that no worker has taken, the oldest first.
  static Key offers(Scope scope, String activityArn) {
    return in(scope, "offer").with(activityArn);
  }

  static Key timer(long due, ExecutionKey key, int branch) {
    return place(TIMERS.with(due), key, branch);
  }

  /// The time of a timer, in milliseconds since the epoch.
  static long due(Key timer) {
    return timer.number(3);
  }

  private static Key place(Key below, ExecutionKey key, int branch) {
    return below
        .with(key.scope().account())
        .with(key.scope().region())
        .with(key.machine())
        .with(key.name())
        .with(branch);
  }

  /// The execution at the end of a timer, of open work or of an awaited job.
  static ExecutionKey execution(Key placed) {
    List<Object> parts = placed.parts();
    int end = parts.size();
    return new ExecutionKey(
        new Scope((String) parts.get(end - 5), (String) parts.get(end - 4)),
        (String) parts.get(end - 3),
        (String) parts.get(end - 2));
  }

  static int branch(Key placed) {
    return Math.toIntExact(placed.number(-1));
  }

  /// The keys by which a branch that stands still is found.
  static List<Key> of(ExecutionKey key, Branch branch) {
    Standing standing = branch.standing;
    List<Key> keys = new ArrayList<>(3);
    if (standing.due() != 0) {
      keys.add(timer(standing.due(), key, branch.id));
    }
    if (standing.open()) {
      keys.add(place(OPEN, key, branch.id));
    }
    if (standing instanceof Standing.Tasking task) {
      Standing.Job job = task.job();
      if (job != null) {
        keys.add(place(job(job), key, branch.id));
      }
      if (task.phase() == Standing.Phase.QUEUED) {
        Key offers = offers(key.scope(), task.resource().arn());
        keys.add(place(offers.with(branch.enteredAt), key, branch.id));
      }
    }
    return keys;
  }

  /// What the keys of a branch say: the event that scheduled its task, or 0.
  static byte[] value(Branch branch) {
    long scheduled = branch.standing instanceof Standing.Tasking task ? task.scheduled() : 0;
    return Bytes.empty().number(scheduled).written();
  }

  static long scheduled(byte[] value) {
    return Bytes.of(value).number();
  }
}
