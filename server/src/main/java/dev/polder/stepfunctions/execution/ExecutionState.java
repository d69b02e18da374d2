package dev.polder.stepfunctions.execution;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state of an execution: the fold of its log. Used by one thread at a time.
public final class ExecutionState {
  private final TreeMap<Integer, Branch> branches = new TreeMap<>();
  private final Set<Integer> changed = new LinkedHashSet<>();
  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private long entries;
  private long lastEvent;
  private int nextBranch = 1;
  private long stopped;
  private @Nullable Payload output;
  private @Nullable String error;
  private @Nullable String cause;
  private int redrives;

  /// The state before the first entry.
  public ExecutionState() {}

  /// A state that was stored.
  ExecutionState(long entries, long lastEvent, int nextBranch, int redrives) {
    this.entries = entries;
    this.lastEvent = lastEvent;
    this.nextBranch = nextBranch;
    this.redrives = redrives;
  }

  /// Makes of the state what an entry says.
  void apply(Entry entry) {
    entries++;
    changed.add(entry.branch());
    switch (entry) {
      case Entry.HistoryEvent event -> apply(event);
      case Entry.Forked forked ->
          branch(forked.branch()).standing =
              new Standing.Forking(forked.total(), forked.limit(), 0, 0);
      case Entry.Opened opened -> open(opened);
      case Entry.Closed closed -> close(closed);
      case Entry.Dropped dropped -> drop(dropped.branch());
      case Entry.Chained chained -> branch(chained.branch()).chain = chained.chain();
      case Entry.Stands stands -> branch(stands.branch()).standing = stands.standing();
      case Entry.Redone redone -> {
        Branch branch = branch(redone.branch());
        branch.attempts = List.of();
        branch.standing = Standing.Running.RUNNING;
      }
      case Entry.Retried retried -> {
        Branch branch = branch(retried.branch());
        branch.countAttempt(retried.retrier());
        branch.standing = new Standing.Retrying(retried.until());
      }
    }
  }

  private void apply(Entry.HistoryEvent event) {
    lastEvent = event.id();
    Branch branch = branches.get(event.branch());
    switch (event.detail()) {
      case Detail.Started started -> branch = begin(started);
      case Detail.Entered entered -> enter(branch(event.branch()), event, entered);
      case Detail.Exited exited -> {
        Branch left = branch(event.branch());
        left.input = exited.output();
        left.variables.putAll(exited.assigned());
        left.standing = Standing.Running.RUNNING;
      }
      case Detail.Redriven redriven -> {
        redrives = redriven.count();
        status = ExecutionStatus.RUNNING;
        stopped = 0;
        error = null;
        cause = null;
      }
      default -> {}
    }
    if (event.type().ends()) {
      end(event);
    }
    if (branch != null && event.type().chains() && event.type() != EventType.ExecutionStarted) {
      branch.chain = event.id();
    }
  }

  // Recorded: the first state's event names no previous event, so ExecutionStarted is not chained.
  private Branch begin(Detail.Started started) {
    Branch root = new Branch(Branch.ROOT, -1, 0, 0, started.input().compact(), null);
    branches.put(Branch.ROOT, root);
    return root;
  }

  private static void enter(Branch branch, Entry.HistoryEvent event, Detail.Entered entered) {
    branch.state = entered.name();
    branch.input = entered.input();
    branch.enteredId = event.id();
    branch.chainBefore = branch.chain;
    branch.enteredAt = event.time();
    branch.attempts = List.of();
    branch.standing = Standing.Running.RUNNING;
  }

  private void end(Entry.HistoryEvent event) {
    status = ExecutionStatus.after(event.type());
    stopped = event.time();
    switch (event.detail()) {
      case Detail.Output given -> output = given.output();
      case Detail.Failure failure -> {
        error = failure.error();
        cause = failure.cause();
      }
      default -> {}
    }
  }

  private void open(Entry.Opened opened) {
    int id = opened.branch();
    nextBranch = Math.max(nextBranch, id + 1);
    branches.put(
        id,
        new Branch(
            id, opened.parent(), opened.index(), opened.chain(), opened.input(), opened.item()));
    Branch parent = branch(opened.parent());
    if (parent.standing instanceof Standing.Forking f) {
      parent.standing = new Standing.Forking(f.total(), f.limit(), f.opened() + 1, f.closed());
    }
    changed.add(parent.id);
  }

  private void close(Entry.Closed closed) {
    Branch branch = branch(closed.branch());
    branch.standing = new Standing.Done(closed.output());
    Branch parent = branch(branch.parent);
    parent.chain = branch.chain;
    if (parent.standing instanceof Standing.Forking f) {
      parent.standing = new Standing.Forking(f.total(), f.limit(), f.opened(), f.closed() + 1);
    }
    changed.add(parent.id);
  }

  // A branch always has a higher number than the one it came from, so one pass finds all.
  private void drop(int above) {
    Set<Integer> dropped = new LinkedHashSet<>();
    for (Branch each : branches.tailMap(above, false).values()) {
      if (each.parent == above || dropped.contains(each.parent)) {
        dropped.add(each.id);
      }
    }
    dropped.forEach(branches::remove);
    changed.addAll(dropped);
  }

  /// The branch of a number.
  ///
  /// @throws IllegalStateException if there is none
  Branch branch(int id) {
    Branch found = branches.get(id);
    if (found == null) {
      throw new IllegalStateException("The execution has no branch " + id);
    }
    return found;
  }

  @Nullable Branch find(int id) {
    return branches.get(id);
  }

  /// Takes the status that was stored.
  void resume(ExecutionStatus stored) {
    status = stored;
  }

  /// Puts in a branch that was stored.
  void restore(Branch branch) {
    branches.put(branch.id, branch);
  }

  List<Branch> children(int parent) {
    List<Branch> found = new ArrayList<>();
    for (Branch each : branches.values()) {
      if (each.parent == parent && each.id != parent) {
        found.add(each);
      }
    }
    return found;
  }

  List<Branch> branches() {
    return new ArrayList<>(branches.values());
  }

  /// The branches that changed since the last call.
  Set<Integer> takeChanged() {
    Set<Integer> taken = new LinkedHashSet<>(changed);
    changed.clear();
    return taken;
  }

  /// The variables that a branch sees: its own and those of the scopes around it.
  Map<String, @Nullable Object> variables(Branch branch) {
    Map<String, @Nullable Object> all =
        branch.isRoot() ? new TreeMap<>() : variables(branch(branch.parent));
    branch.variables.forEach((name, value) -> all.put(name, value.value()));
    return all;
  }

  public ExecutionStatus status() {
    return status;
  }

  long entries() {
    return entries;
  }

  /// The id of the last history event.
  public long lastEvent() {
    return lastEvent;
  }

  int nextBranch() {
    return nextBranch;
  }

  /// When it ended, in milliseconds since the epoch; 0 while it runs.
  public long stopped() {
    return stopped;
  }

  public @Nullable Payload output() {
    return output;
  }

  public @Nullable String error() {
    return error;
  }

  public @Nullable String cause() {
    return cause;
  }

  /// How often it has been redriven.
  public int redrives() {
    return redrives;
  }
}
