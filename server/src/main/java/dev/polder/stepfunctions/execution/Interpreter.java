package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.Outcome;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.asl.Transition;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an execution does about what happens to it: pure, and the same whenever it is asked.
///
/// States that only compute run on in the same turn until every branch stands still.
final class Interpreter {
  /// The most events a Standard execution may have
  /// (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
  static final int HISTORY_LIMIT = 25_000;

  final Turn turn;
  private final TaskStep tasks;
  private final ForkStep forks;
  private final MapRunStep mapRuns;
  private final FailureStep failures;

  private Interpreter(Turn turn) {
    this.turn = turn;
    this.tasks = new TaskStep(this, turn);
    this.forks = new ForkStep(this, turn);
    this.mapRuns = new MapRunStep(this, turn);
    this.failures = new FailureStep(this, turn);
  }

  /// Decides about triggers in their order.
  static void run(Turn turn, List<Trigger> triggers) {
    var interpreter = new Interpreter(turn);
    for (Trigger trigger : triggers) {
      interpreter.handle(trigger);
      interpreter.settle();
    }
  }

  FailureStep failures() {
    return failures;
  }

  private void handle(Trigger trigger) {
    if (isTooLate(trigger)) {
      failures.end(EventType.ExecutionTimedOut, null, null);
    }
    switch (trigger) {
      case Trigger.Begin _ -> begin();
      case Trigger.Resume _ -> resume();
      case Trigger.Due due -> {
        due.answer().decide(Answer.Kind.DONE);
        due(due.branch());
      }
      case Trigger.Reopen reopen -> reopen(reopen);
      case Trigger.Returned returned -> tasks.returned(returned);
      case Trigger.Callback callback -> tasks.callback(callback);
      case Trigger.Heartbeat heartbeat -> tasks.heartbeat(heartbeat);
      case Trigger.Take take -> tasks.take(take);
      case Trigger.MapRunEnded ended -> mapRuns.ended(ended);
      case Trigger.Stop stop -> stop(stop);
      case Trigger.Redrive redrive -> redrive(redrive);
      case Trigger.Break _ when turn.ended() -> {}
      case Trigger.Break _ ->
          failures.end(EventType.ExecutionFailed, "States.Runtime", "An internal error occurred.");
    }
  }

  private boolean isTooLate(Trigger trigger) {
    return !turn.ended()
        && !(trigger instanceof Trigger.Begin)
        && turn.execution.hasExpired(turn.now);
  }

  private void begin() {
    Execution execution = turn.execution;
    turn.event(
        Branch.ROOT,
        0,
        EventType.ExecutionStarted,
        new Detail.Started(
            execution.input(), execution.roleArn(), execution.aliasArn(), execution.versionArn()));
    go(Branch.ROOT, execution.graph().startAt());
  }

  private void resume() {
    for (Branch branch : turn.state.branches()) {
      switch (branch.standing) {
        case Standing.Ready waiting -> go(branch.id, waiting.next());
        case Standing.Forking forking when !forking.full() -> go(branch.id, null);
        default -> {}
      }
    }
  }

  /// Issues again what had been begun and not recorded as ended.
  private void reopen(Trigger.Reopen reopen) {
    Branch branch = turn.state.find(reopen.branch());
    if (turn.ended() || branch == null) {
      return;
    }
    switch (branch.standing) {
      case Standing.Tasking task when task.open() && task.scheduled() == reopen.scheduled() -> {
        Standing.Job job = task.job();
        turn.commands.add(
            job == null
                ? new Command.CallAgain(branch.id, task)
                : new Command.Await(branch.id, task, job));
      }
      case Standing.Ready ready -> go(branch.id, ready.next());
      case Standing.Forking forking when !forking.full() -> go(branch.id, null);
      case Standing.MapRunning run ->
          turn.commands.add(new Command.StartMapRun(branch.id, run.plan(), run.redrives()));
      default -> {}
    }
  }

  private void stop(Trigger.Stop stop) {
    if (turn.ended()) {
      stop.answer().decide(Answer.Kind.UNKNOWN);
      return;
    }
    failures.end(EventType.ExecutionAborted, stop.error(), stop.cause());
    stop.answer().decide(Answer.Kind.DONE);
  }

  private void redrive(Trigger.Redrive redrive) {
    if (!turn.ended()) {
      redrive.answer().decide(Answer.Kind.UNKNOWN);
      return;
    }
    Branch root = turn.state.branch(Branch.ROOT);
    int count = turn.state.redrives() + 1;
    turn.event(Branch.ROOT, root.chain, EventType.ExecutionRedriven, new Detail.Redriven(count));
    turn.reopened = true;
    redrive.answer().decide(Answer.Kind.DONE);
    again(root);
  }

  /// Goes on with what was cut off: of a fork only the branches that did not succeed, of a map run
  /// only such children, of all else the state from its start
  /// (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
  private void again(Branch branch) {
    Standing was = branch.standing instanceof Standing.Broken broken ? broken.was() : null;
    List<Branch> below = turn.state.children(branch.id);
    turn.note(new Entry.Redone(branch.id));
    if (was instanceof Standing.MapRunning run) {
      int times = run.redrives() + 1;
      turn.event(
          branch, EventType.MapRunRedriven, new Detail.MapRunRedriven(run.mapRunArn(), times));
      turn.stand(branch, new Standing.MapRunning(run.plan(), times));
      turn.commands.add(new Command.StartMapRun(branch.id, run.plan(), times));
    } else if (was instanceof Standing.Forking forking && !below.isEmpty()) {
      turn.stand(branch, forking);
      below.stream().filter(each -> isCutOff(branch, each)).forEach(this::again);
      if (!forking.full()) {
        go(branch.id, null);
      }
    } else if (branch.state.isEmpty()) {
      go(branch.id, turn.graph(branch).startAt());
    } else {
      advance(branch, execute(branch, turn.current(branch)));
    }
  }

  /// Whether a branch below a fork is still to go on: not where one before it has failed once more
  /// and the fork with it.
  private boolean isCutOff(Branch fork, Branch below) {
    return fork.standing instanceof Standing.Forking
        && turn.state.find(below.id) == below
        && below.standing instanceof Standing.Broken;
  }

  /// Looks at all that is due in a branch; branch -1 is the execution itself.
  private void due(int id) {
    long deadline = turn.execution.deadline();
    if (!turn.ended() && deadline != 0 && deadline <= turn.now) {
      failures.end(EventType.ExecutionTimedOut, null, null);
      return;
    }
    Branch branch = turn.state.find(id);
    if (turn.ended() || branch == null) {
      return;
    }
    long due = branch.standing.due();
    if (due == 0 || due > turn.now) {
      return;
    }
    switch (branch.standing) {
      case Standing.Waiting _ -> waited(branch);
      case Standing.Retrying _ -> advance(branch, execute(branch, turn.current(branch)));
      case Standing.Tasking task -> tasks.timedOut(branch, task);
      case Standing.Running _,
          Standing.Ready _,
          Standing.Forking _,
          Standing.MapRunning _,
          Standing.Broken _,
          Standing.Done _ -> {}
    }
  }

  private void waited(Branch branch) {
    State.Wait state = (State.Wait) turn.current(branch);
    advance(branch, guarded(branch, state, () -> waited(branch, state)));
  }

  private @Nullable String waited(Branch branch, State.Wait state) {
    return leave(branch, state, state.flow().pass(turn.data(branch)), state.transition());
  }

  void go(int branch, @Nullable String next) {
    turn.ready.addLast(new Turn.Go(branch, next));
  }

  void goFirst(int branch, @Nullable String next) {
    turn.ready.addFirst(new Turn.Go(branch, next));
  }

  /// Lets every branch that can move move until it cannot.
  private void settle() {
    for (Turn.Go go = turn.ready.poll(); go != null; go = turn.ready.poll()) {
      Branch branch = turn.state.find(go.branch());
      if (turn.ended() || branch == null || branch.standing instanceof Standing.Broken) {
        continue;
      }
      if (go.next() == null) {
        forks.fill(branch);
      } else {
        advance(branch, go.next());
      }
    }
  }

  /// Moves a branch from state to state while there is a next one.
  void advance(Branch branch, @Nullable String first) {
    for (String next = first; next != null; ) {
      if (turn.full()) {
        turn.stand(branch, new Standing.Ready(next));
        if (!turn.commands.contains(new Command.Continue())) {
          turn.commands.add(new Command.Continue());
        }
        return;
      }
      if (!turn.execution.express() && turn.state.lastEvent() >= HISTORY_LIMIT - 2) {
        failures.end(
            EventType.ExecutionFailed,
            "States.Runtime",
            "The execution reached the maximum number of history events (" + HISTORY_LIMIT + ").");
        return;
      }
      next = enter(branch, turn.graph(branch).state(next));
    }
  }

  private @Nullable String enter(Branch branch, State state) {
    turn.event(branch, EventType.entered(state), new Detail.Entered(state.name(), branch.input));
    return execute(branch, state);
  }

  /// Does what a state does, from its start. Answers the state to go to, or null where the branch
  /// stands still or is at its end.
  @Nullable String execute(Branch branch, State state) {
    return guarded(branch, state, () -> perform(branch, state));
  }

  /// An action that may leave a state.
  @FunctionalInterface
  interface Move {
    @Nullable String make();
  }

  @Nullable String guarded(Branch branch, State state, Move move) {
    try {
      return move.make();
    } catch (EvaluationFailure e) {
      return failures.evaluation(branch, state, e);
    }
  }

  private @Nullable String perform(Branch branch, State state) {
    Data data = turn.data(branch);
    return switch (state) {
      case State.Pass pass -> leave(branch, pass, pass.outcome(data), pass.transition());
      case State.Task task -> tasks.start(branch, task);
      case State.Choice choice -> choose(branch, choice, data);
      case State.Wait wait -> pause(branch, wait, data);
      case State.Succeed succeed ->
          leave(branch, succeed, succeed.flow().pass(data), new Transition.End());
      case State.Fail fail -> {
        State.Fail.Failure failure = fail.failure(data);
        yield failures.fail(branch, fail, FailureStep.Failure.of(failure.error(), failure.cause()));
      }
      case State.Parallel parallel -> forks.parallel(branch, parallel, data);
      case State.MapState map ->
          switch (map.itemProcessor().mode()) {
            case INLINE -> forks.map(branch, map, data);
            case DISTRIBUTED -> mapRuns.start(branch, map, data);
          };
    };
  }

  private @Nullable String choose(Branch branch, State.Choice choice, Data data) {
    State.Choice.Selection selection = choice.select(data);
    return leave(branch, choice, selection.outcome(), new Transition.Next(selection.next()));
  }

  private @Nullable String pause(Branch branch, State.Wait wait, Data data) {
    Data seen = data.withInput(wait.flow().input(data));
    Instant until = wait.delay().until(seen, Instant.ofEpochMilli(turn.now));
    // Rounded up to whole milliseconds: a wait is never cut short.
    long millis = until.plusNanos(999_999).toEpochMilli();
    if (millis <= turn.now) {
      return waited(branch, wait);
    }
    turn.stand(branch, new Standing.Waiting(turn.execution.withinLife(millis)));
    return null;
  }

  /// Leaves a state with what came of it.
  @Nullable String leave(Branch branch, State state, Outcome outcome, Transition transition) {
    Payload output = payload(branch, outcome.output());
    if (output.exceedsLimit()) {
      return failures.fail(branch, state, FailureStep.Failure.tooLarge(state.name()));
    }
    Map<String, Payload> assigned = new LinkedHashMap<>();
    outcome.assigned().forEach((name, value) -> assigned.put(name, Payload.of(value)));
    turn.event(branch, EventType.exited(state), new Detail.Exited(state.name(), output, assigned));
    return switch (transition) {
      case Transition.Next next -> next.state();
      case Transition.End _ -> {
        finish(branch, output);
        yield null;
      }
    };
  }

  /// What goes through unchanged stays the same payload, so that its text is made only once.
  private static Payload payload(Branch branch, @Nullable Object output) {
    return output != null && output == branch.input.value() ? branch.input : Payload.of(output);
  }

  private void finish(Branch branch, Payload output) {
    if (branch.isRoot()) {
      turn.event(branch, EventType.ExecutionSucceeded, new Detail.Output(output));
    } else {
      forks.closed(branch, output);
    }
  }
}
