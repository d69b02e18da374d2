package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Standing.Forking;
import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parallel states and inline Map states: branches of the same execution.
final class ForkStep {
  /// How many iterations of an inline Map state run at once where the definition sets no limit.
  private static final int INLINE_LIMIT = 40;

  private final Interpreter interpreter;
  private final Turn turn;

  ForkStep(Interpreter interpreter, Turn turn) {
    this.interpreter = interpreter;
    this.turn = turn;
  }

  @Nullable String parallel(Branch branch, State.Parallel parallel, Data data) {
    Payload input = Payload.of(parallel.flow().arguments(data));
    turn.event(branch, EventType.ParallelStateStarted, Detail.None.NONE);
    int total = parallel.branches().size();
    turn.note(new Entry.Forked(branch.id, total, 0));
    for (int i = 0; i < total; i++) {
      int child = turn.state.nextBranch();
      turn.note(new Entry.Opened(child, branch.id, i, branch.chain, input, null));
      interpreter.go(child, parallel.branches().get(i).startAt());
    }
    return null;
  }

  @Nullable String map(Branch branch, State.MapState map, Data data) {
    Data seen = data.withInput(map.flow().input(data));
    int limit = map.maxConcurrency() == null ? 0 : (int) map.maxConcurrency().whole(seen);
    int total = map.items(data).size();
    turn.event(branch, EventType.MapStateStarted, new Detail.Length(total));
    turn.note(new Entry.Forked(branch.id, total, limit == 0 ? INLINE_LIMIT : limit));
    if (total == 0) {
      return joined(branch, map);
    }
    interpreter.goFirst(branch.id, null);
    return null;
  }

  /// Opens one more iteration, lets it run as far as it can, and comes back for the next.
  void fill(Branch branch) {
    if (branch.standing instanceof Forking forking
        && !forking.full()
        && turn.current(branch) instanceof State.MapState map) {
      if (turn.full()) {
        turn.commands.add(new Command.Continue());
        return;
      }
      interpreter.goFirst(branch.id, null);
      interpreter.advance(
          branch, interpreter.guarded(branch, map, () -> open(branch, map, forking, branch.chain)));
    }
  }

  private @Nullable String open(Branch branch, State.MapState map, Forking forking, long chain) {
    Data data = turn.data(branch);
    int index = forking.opened();
    ContextObject.Item item = map.items(data).at(index);
    Object value = item.value();
    Object chosen = map.itemInput(data, turn.context(branch, null), item);
    Payload input = Payload.of(chosen);
    Payload own = chosen == value ? input : Payload.of(value);
    int child = turn.state.nextBranch();
    turn.note(
        new Entry.Opened(
            child, branch.id, index, chain, input, new Entry.Item(index, own, null, null)));
    turn.event(
        turn.state.branch(child),
        EventType.MapIterationStarted,
        new Detail.Iteration(map.name(), index));
    interpreter.goFirst(child, map.itemProcessor().graph().startAt());
    return null;
  }

  /// A branch or an iteration is at its end. The next iteration follows the last event of the one
  /// that made room for it (recorded).
  void closed(Branch branch, Payload output) {
    Branch around = turn.state.branch(branch.parent);
    State state = turn.current(around);
    turn.note(new Entry.Closed(branch.id, output));
    if (state instanceof State.MapState map) {
      turn.event(
          around, EventType.MapIterationSucceeded, new Detail.Iteration(map.name(), branch.index));
    }
    if (!(around.standing instanceof Forking forking)) {
      return;
    }
    if (forking.closed() == forking.total()) {
      interpreter.advance(around, interpreter.guarded(around, state, () -> joined(around, state)));
    } else if (state instanceof State.MapState map && forking.opened() < forking.total()) {
      interpreter.advance(
          around, interpreter.guarded(around, map, () -> open(around, map, forking, branch.chain)));
    }
  }

  private @Nullable String joined(Branch branch, State state) {
    List<Branch> children = new ArrayList<>(turn.state.children(branch.id));
    children.sort(Comparator.comparingInt(each -> each.index));
    List<@Nullable Object> results = new ArrayList<>(children.size());
    for (Branch child : children) {
      results.add(child.standing instanceof Standing.Done done ? done.output().value() : null);
    }
    turn.note(new Entry.Dropped(branch.id));
    Data data = turn.data(branch);
    return switch (state) {
      case State.Parallel parallel -> {
        turn.event(branch, EventType.ParallelStateSucceeded, Detail.None.NONE);
        yield interpreter.leave(
            branch, parallel, parallel.flow().leave(data, results), parallel.transition());
      }
      case State.MapState map -> {
        turn.event(branch, EventType.MapStateSucceeded, Detail.None.NONE);
        yield interpreter.leave(branch, map, map.flow().leave(data, results), map.transition());
      }
      default -> throw new IllegalStateException(state.name() + " has no branches");
    };
  }
}
