package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Standard executions on disk: for each a head, its log, and while it runs the state that the log
/// comes to.
public final class ExecutionStore {
  private static final byte[] NOTHING = {};

  private final Store store;
  private final Programs programs;

  /// Executions in this store.
  public ExecutionStore(Store store, Programs programs) {
    this.store = store;
    this.programs = programs;
  }

  Programs programs() {
    return programs;
  }

  /// An execution in hand.
  static final class Opened {
    Execution execution;
    final ExecutionState state;
    final Map<Integer, List<Key>> keys = new HashMap<>();
    boolean stored;

    Opened(Execution execution, ExecutionState state) {
      this.execution = execution;
      this.state = state;
    }
  }

  /// What is told of an execution in listings.
  public Optional<Head> head(ExecutionKey key) {
    byte[] bytes = store.get(Keys.head(key));
    return bytes == null ? Optional.empty() : Optional.of(Head.read(key, bytes));
  }

  /// The executions of a machine, the latest first.
  ///
  /// @param after the last one of the page before, or null
  /// @param from only those that started then or later, in milliseconds since the epoch
  public void list(
      Scope scope, String machine, @Nullable Key after, long from, Predicate<Head> more) {
    Key prefix = Keys.started(scope, machine);
    KeyRange range = after == null ? KeyRange.prefix(prefix) : KeyRange.prefixAfter(prefix, after);
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext()) {
        var found = scan.next();
        Optional<Head> head = head(new ExecutionKey(scope, machine, found.key().string(-1)));
        if (head.isEmpty() || head.get().started() < from) {
          continue;
        }
        if (!more.test(head.get())) {
          return;
        }
      }
    }
  }

  /// Where an execution stands in the order of [#list].
  public static Key position(Head head) {
    return Keys.started(head.key(), head.order());
  }

  /// The input of an execution, as it was given.
  public Payload input(ExecutionKey key) {
    try (Scan scan = store.scan(KeyRange.prefix(Keys.log(key)))) {
      while (scan.hasNext()) {
        for (Entry entry : LogCodec.read(scan.next().value())) {
          if (entry instanceof Entry.HistoryEvent event
              && event.detail() instanceof Detail.Started started) {
            return started.input();
          }
        }
      }
    }
    throw new IllegalStateException("The log of " + key.arn() + " has no beginning");
  }

  /// The last history event of an execution.
  public Optional<Entry.HistoryEvent> last(ExecutionKey key) {
    try (Scan scan = store.scanReverse(KeyRange.prefix(Keys.log(key)))) {
      while (scan.hasNext()) {
        for (Entry entry : LogCodec.read(scan.next().value()).reversed()) {
          if (entry instanceof Entry.HistoryEvent event) {
            return Optional.of(event);
          }
        }
      }
    }
    return Optional.empty();
  }

  /// Walks the history.
  ///
  /// @param after the id to go on from, 0 for the beginning (or, in reverse, for the end)
  /// @param more takes an event; false to stop
  public void history(
      ExecutionKey key, long after, boolean reverse, Predicate<Entry.HistoryEvent> more) {
    KeyRange all = KeyRange.prefix(Keys.log(key));
    try (Scan scan = reverse ? store.scanReverse(all) : store.scan(all)) {
      while (scan.hasNext()) {
        List<Entry> entries = LogCodec.read(scan.next().value());
        for (Entry entry : reverse ? entries.reversed() : entries) {
          if (entry instanceof Entry.HistoryEvent event
              && (after == 0 || (reverse ? event.id() < after : event.id() > after))
              && !more.test(event)) {
            return;
          }
        }
      }
    }
  }

  /// Whether an execution waits for a map run.
  public boolean awaits(ExecutionKey key, String mapRunArn) {
    Opened opened = open(key);
    return opened != null
        && opened.state.status() == ExecutionStatus.RUNNING
        && opened.state.branches().stream()
            .anyMatch(branch ->
                branch.standing instanceof Standing.MapRunning run
                    && run.mapRunArn().equals(mapRunArn));
  }

  /// The calls of an execution's states so far.
  public Invocations invocations(ExecutionKey key) {
    var invocations = new Invocations();
    log(key).forEach(invocations::read);
    return invocations;
  }

  /// The whole log.
  List<Entry> log(ExecutionKey key) {
    List<Entry> all = new ArrayList<>();
    try (Scan scan = store.scan(KeyRange.prefix(Keys.log(key)))) {
      while (scan.hasNext()) {
        all.addAll(LogCodec.read(scan.next().value()));
      }
    }
    return all;
  }

  /// Removes all that is kept of an execution that is over.
  public void remove(Head head) {
    ExecutionKey key = head.key();
    store.commit(
        new Batch()
            .delete(Keys.head(key))
            .delete(position(head))
            .delete(Keys.state(key))
            .deleteRange(KeyRange.prefix(Keys.log(key)))
            .deleteRange(KeyRange.prefix(Keys.branches(key))));
  }

  /// An execution with its state; null if there is none or it is over for good.
  @Nullable Opened open(ExecutionKey key) {
    byte[] state = store.get(Keys.state(key));
    Head head = state == null ? null : head(key).orElse(null);
    if (state == null || head == null) {
      return null;
    }
    var opened =
        new Opened(
            head.execution(
                programs.graph(key.scope(), machine(key), head.revision(), head.mapState()),
                input(key)),
            StateCodec.read(state));
    opened.stored = true;
    if (opened.state.nextBranch() > 1) {
      try (Scan scan = store.scan(KeyRange.prefix(Keys.branches(key)))) {
        scan.stream().forEach(e -> opened.state.restore(StateCodec.branch(e.value())));
      }
    }
    opened.state.resume(head.status());
    if (head.status() == ExecutionStatus.RUNNING) {
      for (Branch branch : opened.state.branches()) {
        opened.keys.put(branch.id, Keys.of(key, branch));
      }
    }
    return opened;
  }

  private static String machine(ExecutionKey key) {
    int slash = key.machine().indexOf('/');
    return slash < 0 ? key.machine() : key.machine().substring(0, slash);
  }

  /// Stores what a turn decided, all or nothing.
  ///
  /// @param begins whether the execution must not be there yet
  /// @param spent timers that have had their effect
  /// @param timers takes the times of new timers, after they are on disk
  /// @throws dev.polder.store.ConflictException if `begins` and it is there
  void save(Opened opened, Turn turn, boolean begins, List<Key> spent, Consumer<Long> timers) {
    Execution execution = opened.execution;
    ExecutionState state = opened.state;
    ExecutionKey key = execution.key();
    Batch batch = new Batch();
    List<Long> dues = new ArrayList<>();
    if (!turn.entries.isEmpty()) {
      batch.put(
          Keys.log(key).with(state.entries() - turn.entries.size()), LogCodec.write(turn.entries));
    }
    if (begins) {
      batch.require(Keys.head(key), null);
      batch.put(Keys.started(key, execution.order()), NOTHING);
    }
    boolean ends = turn.ended();
    if (begins || ends || turn.reopened) {
      batch.put(Keys.head(key), Head.of(execution, state).written());
    }
    spent.forEach(batch::delete);
    index(opened, ends, batch, dues);
    deadline(opened, ends, turn.reopened, batch, dues);
    if (!batch.isEmpty()) {
      store.commit(batch);
    }
    opened.stored = true;
    dues.forEach(timers);
  }

  /// Removes timers of executions that are over.
  void forget(List<Key> spent) {
    Batch batch = new Batch();
    spent.forEach(batch::delete);
    if (!batch.isEmpty()) {
      store.commit(batch);
    }
  }

  private static void index(Opened opened, boolean ends, Batch batch, List<Long> dues) {
    ExecutionKey key = opened.execution.key();
    ExecutionState state = opened.state;
    Set<Integer> changed = state.takeChanged();
    if (ends) {
      changed.addAll(opened.keys.keySet());
    }
    for (int id : changed) {
      Branch branch = state.find(id);
      List<Key> now = branch == null || ends ? List.of() : Keys.of(key, branch);
      List<Key> before = now.isEmpty() ? opened.keys.remove(id) : opened.keys.put(id, now);
      Set<Key> gone = before == null ? new LinkedHashSet<>() : new LinkedHashSet<>(before);
      now.forEach(gone::remove);
      gone.forEach(batch::delete);
      if (branch != null && !now.isEmpty()) {
        byte[] value = Keys.value(branch);
        now.forEach(each -> batch.put(each, value));
        if (branch.standing.due() != 0) {
          dues.add(branch.standing.due());
        }
      }
      if (id != Branch.ROOT && state.status() != ExecutionStatus.SUCCEEDED) {
        Key stored = Keys.branches(key).with(id);
        if (branch == null) {
          batch.delete(stored);
        } else {
          batch.put(stored, StateCodec.write(branch));
        }
      }
    }
    state(opened, ends, batch);
  }

  // A failed execution can be redriven: what its branches were at is kept.
  private static void state(Opened opened, boolean ends, Batch batch) {
    ExecutionKey key = opened.execution.key();
    boolean succeeded = opened.state.status() == ExecutionStatus.SUCCEEDED;
    if (!succeeded) {
      batch.put(Keys.state(key), StateCodec.write(opened.state));
    } else if (opened.stored) {
      batch.delete(Keys.state(key));
    }
    if (succeeded && opened.stored && opened.state.nextBranch() > 1) {
      batch.deleteRange(KeyRange.prefix(Keys.branches(key)));
    }
  }

  private static void deadline(
      Opened opened, boolean ends, boolean reopened, Batch batch, List<Long> dues) {
    long deadline = opened.execution.deadline();
    if (deadline == 0) {
      return;
    }
    Key timer = Keys.timer(deadline, opened.execution.key(), -1);
    if (ends && opened.stored) {
      batch.delete(timer);
    } else if (!ends && (!opened.stored || reopened)) {
      batch.put(timer, NOTHING);
      dues.add(deadline);
    }
  }

  /// What was under way when the process ended, as it is now; must be closed.
  Stream<Waiter> open() {
    return store.scan(KeyRange.prefix(Keys.OPEN)).stream().map(Waiter::of);
  }

  /// Those who await a job.
  List<Waiter> waiters(Standing.Job job) {
    List<Waiter> found = new ArrayList<>();
    try (Scan scan = store.scan(KeyRange.prefix(Keys.job(job)))) {
      scan.stream().forEach(e -> found.add(Waiter.of(e)));
    }
    return found;
  }

  /// The tasks of an activity that no worker has taken, the oldest first.
  List<Waiter> offers(Scope scope, String activityArn, int limit) {
    try (Scan scan = store.scan(KeyRange.prefix(Keys.offers(scope, activityArn)))) {
      return scan.stream().limit(limit).map(Waiter::of).toList();
    }
  }

  /// A branch that stands still, as it is found by a key.
  record Waiter(Key key, ExecutionKey execution, int branch, long scheduled) {
    static Waiter of(Scan.Entry entry) {
      return new Waiter(
          entry.key(),
          Keys.execution(entry.key()),
          Keys.branch(entry.key()),
          Keys.scheduled(entry.value()));
    }
  }
}
