package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.asl.StateGraph;
import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Environment;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One step of an execution: what was known, what is decided. The state is changed by emitting
/// entries and in no other way, so that replaying the log gives the same state.
final class Turn {
  /// After so many events in one turn a branch stands back for others.
  private static final int CUT = 1000;

  /// A branch that can move.
  ///
  /// @param next the state to enter; null to open more of a fork's branches
  record Go(int branch, @Nullable String next) {}

  final Execution execution;
  final ExecutionState state;
  final Programs programs;
  final long now;
  final RandomGenerator random;
  private final Environment environment;
  final List<Entry> entries = new ArrayList<>();
  final List<Command> commands = new ArrayList<>();
  final Deque<Go> ready = new ArrayDeque<>();

  /// Whether an execution that was over is open again.
  boolean reopened;

  Turn(
      Execution execution,
      ExecutionState state,
      Programs programs,
      Instant now,
      RandomGenerator random) {
    this.programs = programs;
    this.execution = execution;
    this.state = state;
    this.now = now.toEpochMilli();
    this.random = random;
    this.environment = new Environment(() -> now, random);
  }

  /// The time of a turn: never before the timers that it answers to. The machine's clock may be set
  /// back between a timer's fall and the turn, and the timer is spent then.
  static Instant time(Instant now, List<Trigger> triggers) {
    long latest = now.toEpochMilli();
    for (Trigger trigger : triggers) {
      if (trigger instanceof Trigger.Due due) {
        latest = Math.max(latest, due.at());
      }
    }
    return latest == now.toEpochMilli() ? now : Instant.ofEpochMilli(latest);
  }

  boolean ended() {
    return state.status() != ExecutionStatus.RUNNING;
  }

  boolean full() {
    return entries.size() >= CUT;
  }

  void note(Entry entry) {
    state.apply(entry);
    entries.add(entry);
  }

  /// Adds an event that follows the last one of its branch.
  long event(Branch branch, EventType type, Detail detail) {
    return event(branch.id, branch.chain, type, detail);
  }

  long event(int branch, long previous, EventType type, Detail detail) {
    long id = state.lastEvent() + 1;
    note(new Entry.HistoryEvent(id, previous, now, type, branch, detail));
    return id;
  }

  void stand(Branch branch, Standing standing) {
    note(new Entry.Stands(branch.id, standing));
  }

  /// The states that a branch moves in.
  StateGraph graph(Branch branch) {
    if (branch.isRoot()) {
      return execution.graph();
    }
    State around = current(state.branch(branch.parent));
    return switch (around) {
      case State.Parallel parallel -> parallel.branches().get(branch.index);
      case State.MapState map -> map.itemProcessor().graph();
      default -> throw new IllegalStateException(around.name() + " has no branches");
    };
  }

  /// The state that a branch is in.
  State current(Branch branch) {
    return graph(branch).state(branch.state);
  }

  /// What expressions of the branch's state see.
  Data data(Branch branch) {
    return Data.of(branch.input.value(), context(branch, null), variables(branch), environment);
  }

  Data data(Branch branch, String token) {
    return Data.of(branch.input.value(), context(branch, token), variables(branch), environment);
  }

  private Map<String, @Nullable Object> variables(Branch branch) {
    return state.variables(branch);
  }

  ContextObject context(Branch branch, @Nullable String token) {
    var at =
        new ContextObject.State(branch.state, Execution.iso(branch.enteredAt), branch.retries());
    return execution.context(
        state.redrives(), at, token == null ? null : new ContextObject.Task(token), item(branch));
  }

  private ContextObject.@Nullable Item item(Branch branch) {
    for (Branch at = branch; !at.isRoot(); at = state.branch(at.parent)) {
      Entry.Item item = at.item;
      if (item != null) {
        return new ContextObject.Item(
            item.index(), item.value().value(), item.key(), item.source());
      }
    }
    return null;
  }
}
