package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.Catcher;
import dev.polder.stepfunctions.asl.Outcome;
import dev.polder.stepfunctions.asl.Retrier;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.asl.Transition;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What becomes of errors: tried again, caught, or handed up until the execution fails.
final class FailureStep {
  static final String TOO_LARGE = "States.DataLimitExceeded";
  private static final String RUNTIME = "States.Runtime";

  private final Interpreter interpreter;
  private final Turn turn;

  FailureStep(Interpreter interpreter, Turn turn) {
    this.interpreter = interpreter;
    this.turn = turn;
  }

  /// An error in hand.
  ///
  /// @param matched the name that retriers and catchers see
  /// @param fatal whether none of them may have it
  record Failure(@Nullable String error, @Nullable String cause, String matched, boolean fatal) {

    static Failure of(@Nullable String error, @Nullable String cause) {
      return new Failure(error, cause, error == null ? "" : error, false);
    }

    static Failure tooLarge(String state) {
      return new Failure(TOO_LARGE, tooLargeText(state), TOO_LARGE, true);
    }

    Payload output() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("Error", error == null ? "" : error);
      json.put("Cause", cause == null ? "" : cause);
      return Payload.of(json);
    }
  }

  static String tooLargeText(String name) {
    return "The state/task '"
        + name
        + "' returned a result with a size exceeding the maximum number of bytes service limit.";
  }

  /// An expression of a state has no value. `States.Runtime` always ends the execution
  /// (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
  @Nullable String evaluation(Branch branch, State state, EvaluationFailure e) {
    return fail(branch, state, evaluated(branch, state, e, e.error().equals(RUNTIME)));
  }

  private Failure evaluated(Branch branch, State state, EvaluationFailure e, boolean fatal) {
    String cause =
        "An error occurred while executing the state '"
            + state.name()
            + "' (entered at the event id #"
            + branch.enteredId
            + "). "
            + e.cause();
    if (e.error().equals("States.QueryEvaluationError")) {
      turn.event(
          branch.id,
          evaluationFollows(branch, state),
          EventType.EvaluationFailed,
          new Detail.Evaluation(e.error(), cause, e.location(), state.name()));
    }
    return new Failure(e.error(), cause, e.error(), fatal);
  }

  // Recorded: an expression that fails on entry is told of as if the state had not been entered,
  // except in Wait states.
  private static long evaluationFollows(Branch branch, State state) {
    boolean onEntry = branch.chain == branch.enteredId;
    return onEntry && !(state instanceof State.Wait) ? branch.chainBefore : branch.chain;
  }

  /// A state failed. Answers the state of the catcher that takes the error, or null.
  @Nullable String fail(Branch branch, State state, Failure failure) {
    turn.state.children(branch.id).forEach(this::abort);
    if (failure.fatal()) {
      failed(branch, failure);
      return null;
    }
    if (retry(branch, state, failure)) {
      return null;
    }
    groupFailed(branch, state);
    OptionalInt catcher = Catcher.find(state.catchers(), failure.matched());
    if (catcher.isPresent()) {
      dropChildren(branch);
      return caught(branch, state, state.catchers().get(catcher.getAsInt()), failure);
    }
    failed(branch, failure);
    return null;
  }

  private void failed(Branch branch, Failure failure) {
    if (branch.isRoot()) {
      end(EventType.ExecutionFailed, failure.error(), failure.cause());
    } else {
      up(branch, failure);
    }
  }

  // Only where the error is dealt with: else a redrive needs to know where each branch was.
  private void dropChildren(Branch branch) {
    if (!turn.state.children(branch.id).isEmpty()) {
      turn.note(new Entry.Dropped(branch.id));
    }
  }

  private void groupFailed(Branch branch, State state) {
    if (state instanceof State.Parallel) {
      turn.event(branch, EventType.ParallelStateFailed, Detail.None.NONE);
    } else if (state instanceof State.MapState) {
      turn.event(branch, EventType.MapStateFailed, Detail.None.NONE);
    }
  }

  /// Only the first retrier that matches counts; when it is used up, catchers have their turn.
  private boolean retry(Branch branch, State state, Failure failure) {
    OptionalInt found = Retrier.find(state.retriers(), failure.matched());
    if (found.isEmpty()) {
      return false;
    }
    Retrier retrier = state.retriers().get(found.getAsInt());
    int used = branch.attempts(found.getAsInt());
    if (!retrier.hasAttemptsLeft(used)) {
      return false;
    }
    long until =
        turn.execution.withinLife(turn.now + retrier.delay(used + 1, turn.random).toMillis());
    dropChildren(branch);
    turn.note(new Entry.Retried(branch.id, found.getAsInt(), until));
    return true;
  }

  private @Nullable String caught(Branch branch, State state, Catcher catcher, Failure failure) {
    Outcome outcome;
    try {
      outcome = catcher.flow().caught(turn.data(branch), failure.output().value());
    } catch (EvaluationFailure e) {
      // Not for the state's catchers once more: it is one of them that failed.
      return fail(branch, state, evaluated(branch, state, e, true));
    }
    return interpreter.leave(branch, state, outcome, new Transition.Next(catcher.next()));
  }

  /// A branch failed, and with it the Parallel or Map state around it.
  private void up(Branch branch, Failure failure) {
    Branch around = turn.state.branch(branch.parent);
    State state = turn.current(around);
    boolean map = state instanceof State.MapState;
    for (Branch other : turn.state.children(around.id)) {
      if (other.id != branch.id || !map) {
        abort(other);
      }
    }
    if (map) {
      turn.event(
          around.id,
          branch.chain,
          EventType.MapIterationFailed,
          new Detail.Iteration(state.name(), branch.index));
    }
    turn.note(new Entry.Chained(around.id, branch.chain));
    turn.stand(branch, Standing.Broken.of(branch.standing));
    if (failure.fatal()) {
      groupFailed(around, state);
    }
    interpreter.advance(around, fail(around, state, failure));
  }

  /// Tells that a branch, and all below it, is given up in the state it is in.
  private void abort(Branch branch) {
    if (!isLive(branch)) {
      return;
    }
    if (branch.state.isEmpty()) {
      turn.stand(branch, Standing.Broken.of(branch.standing));
      return;
    }
    for (Branch below : turn.state.children(branch.id)) {
      abort(below);
    }
    giveUp(branch);
    switch (turn.current(branch)) {
      case State.Task _ -> turn.event(branch, EventType.TaskStateAborted, Detail.None.NONE);
      case State.Wait _ -> turn.event(branch, EventType.WaitStateAborted, Detail.None.NONE);
      case State.Parallel _ -> turn.event(branch, EventType.ParallelStateAborted, Detail.None.NONE);
      case State.MapState _ -> turn.event(branch, EventType.MapStateAborted, Detail.None.NONE);
      case State.Pass _, State.Choice _, State.Succeed _, State.Fail _ -> {}
    }
    if (!branch.isRoot()
        && turn.current(turn.state.branch(branch.parent)) instanceof State.MapState map) {
      turn.event(
          branch, EventType.MapIterationAborted, new Detail.Iteration(map.name(), branch.index));
    }
    turn.stand(branch, Standing.Broken.of(branch.standing));
  }

  private static boolean isLive(Branch branch) {
    return !(branch.standing instanceof Standing.Done
        || branch.standing instanceof Standing.Broken);
  }

  /// Stops what runs elsewhere for a branch.
  void giveUp(Branch branch) {
    switch (branch.standing) {
      case Standing.Tasking task when task.job() != null ->
          turn.commands.add(new Command.Cancel(task.job()));
      case Standing.MapRunning run -> turn.commands.add(new Command.StopMapRun(run.mapRunArn()));
      default -> {}
    }
  }

  /// Ends the execution without success. Where its branches were stays known, for a redrive.
  void end(EventType type, @Nullable String error, @Nullable String cause) {
    Branch root = turn.state.branch(Branch.ROOT);
    if (type != EventType.ExecutionFailed
        || turn.state.children(Branch.ROOT).stream().anyMatch(FailureStep::isLive)) {
      abort(root);
    }
    turn.stand(root, Standing.Broken.of(root.standing));
    turn.event(root, type, new Detail.Failure(error, cause));
    turn.ready.clear();
  }
}
