package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.Quantity;
import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Standing.Phase;
import dev.polder.stepfunctions.execution.Standing.Tasking;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import org.jspecify.annotations.Nullable;

/// Task states: schedule, await, time out, give up.
final class TaskStep {
  private static final String TIMEOUT = "States.Timeout";

  private final Interpreter interpreter;
  private final Turn turn;

  TaskStep(Interpreter interpreter, Turn turn) {
    this.interpreter = interpreter;
    this.turn = turn;
  }

  @Nullable String start(Branch branch, State.Task task) {
    String token = TaskToken.of(turn.execution.key(), branch.id, turn.random).text();
    Data data = hasToken(task.resource()) ? turn.data(branch, token) : turn.data(branch);
    Data seen = data.withInput(task.flow().input(data));
    long timeout = seconds(task.timeout(), seen);
    long heartbeat = seconds(task.heartbeat(), seen);
    String role = task.roleArn() == null ? null : String.valueOf(task.roleArn().evaluate(seen));
    Payload arguments = Payload.of(task.flow().arguments(data));
    if (arguments.exceedsLimit()) {
      return interpreter.failures().fail(branch, task, FailureStep.Failure.tooLarge(task.name()));
    }
    requireActivity(task.resource());
    TaskEvents events = TaskEvents.of(task.resource());
    long scheduled =
        turn.event(
            branch,
            events.scheduled(),
            events.scheduledDetail(
                arguments, turn.execution.scope().region(), timeout, heartbeat, role));
    boolean activity = task.resource() instanceof Resource.Activity;
    if (!activity) {
      turn.event(branch, events.started(), events.startedDetail());
    }
    var standing =
        new Tasking(
            scheduled,
            turn.now,
            activity ? Phase.QUEUED : Phase.CALLING,
            task.resource(),
            arguments,
            token,
            null,
            after(timeout),
            activity ? 0 : after(heartbeat),
            heartbeat,
            role,
            null);
    turn.stand(branch, standing);
    turn.commands.add(
        activity
            ? new Command.Offer(task.resource().arn())
            : new Command.Call(branch.id, standing));
    return null;
  }

  private void requireActivity(Resource resource) {
    if (resource instanceof Resource.Activity activity
        && !turn.programs.hasActivity(turn.execution.scope(), activity.arn())) {
      throw EvaluationFailure.runtime("The activity " + activity.arn() + " does not exist.");
    }
  }

  /// The time of a timer after so many seconds; 0 for none.
  private long after(long seconds) {
    return seconds == 0 ? 0 : turn.execution.withinLife(turn.now + seconds * 1000);
  }

  private static long seconds(@Nullable Quantity quantity, Data seen) {
    return quantity == null ? 0 : quantity.whole(seen);
  }

  private static boolean hasToken(Resource resource) {
    return switch (resource) {
      case Resource.Function _ -> false;
      case Resource.Activity _ -> true;
      case Resource.Optimized call -> call.pattern() == Resource.Pattern.WAIT_FOR_TASK_TOKEN;
      case Resource.Sdk call -> call.pattern() == Resource.Pattern.WAIT_FOR_TASK_TOKEN;
    };
  }

  /// A call returned, or the job that it began has ended. What a task that is no longer open would
  /// have given is of no use to anybody.
  void returned(Trigger.Returned returned) {
    Branch branch = turn.state.find(returned.branch());
    if (!turn.ended()
        && branch != null
        && branch.standing instanceof Tasking task
        && task.scheduled() == returned.scheduled()
        && task.open()) {
      conclude(branch, task, returned.outcome());
    } else if (returned.outcome() instanceof TaskOutcome.Submitted late && late.job() != null) {
      // The task was given up while the call was out: nobody awaits the job that it began.
      turn.commands.add(new Command.Cancel(late.job()));
    }
  }

  private void conclude(Branch branch, Tasking task, TaskOutcome outcome) {
    State.Task state = (State.Task) turn.current(branch);
    interpreter.advance(
        branch,
        interpreter.guarded(
            branch,
            state,
            () ->
                switch (outcome) {
                  case TaskOutcome.Succeeded done -> succeeded(branch, state, done.output());
                  case TaskOutcome.Failed failed ->
                      failed(branch, state, failed.error(), failed.cause());
                  case TaskOutcome.Submitted submitted -> submitted(branch, task, submitted);
                }));
  }

  private @Nullable String succeeded(Branch branch, State.Task state, Payload output) {
    TaskEvents events = TaskEvents.of(state.resource());
    if (output.exceedsLimit()) {
      return failed(
          branch, state, FailureStep.TOO_LARGE, FailureStep.tooLargeText(events.limitName()));
    }
    turn.event(branch, events.succeeded(), events.outputDetail(output));
    return interpreter.leave(
        branch, state, state.flow().leave(turn.data(branch), output.value()), state.transition());
  }

  private @Nullable String failed(
      Branch branch, State.Task state, @Nullable String error, @Nullable String cause) {
    TaskEvents events = TaskEvents.of(state.resource());
    turn.event(branch, events.failed(), events.failureDetail(error, cause));
    return interpreter.failures().fail(branch, state, FailureStep.Failure.of(error, cause));
  }

  private @Nullable String submitted(Branch branch, Tasking task, TaskOutcome.Submitted submitted) {
    TaskEvents events = TaskEvents.of(task.resource());
    turn.event(branch, EventType.TaskSubmitted, events.outputDetail(submitted.output()));
    TaskOutcome early = task.callback();
    Standing.Job job = submitted.job();
    Tasking waiting = task.in(job == null ? Phase.TOKEN : Phase.AWAITING, job);
    turn.stand(branch, waiting);
    if (job != null) {
      turn.commands.add(new Command.Await(branch.id, waiting, job));
    } else if (early != null) {
      conclude(branch, waiting, early);
    }
    return null;
  }

  void callback(Trigger.Callback callback) {
    Branch branch = turn.state.find(callback.branch());
    if (turn.ended()
        || branch == null
        || !(branch.standing instanceof Tasking task)
        || !task.token().equals(callback.token())
        || task.callback() != null) {
      callback.answer().decide(Answer.Kind.TIMED_OUT);
      return;
    }
    switch (task.phase()) {
      case CALLING -> {
        turn.stand(branch, task.holding(callback.outcome()));
        callback.answer().decide(Answer.Kind.DONE);
      }
      case TOKEN, WORKING -> {
        conclude(branch, task, callback.outcome());
        callback.answer().decide(Answer.Kind.DONE);
      }
      case QUEUED, AWAITING -> callback.answer().decide(Answer.Kind.UNKNOWN);
    }
  }

  void heartbeat(Trigger.Heartbeat heartbeat) {
    Branch branch = turn.state.find(heartbeat.branch());
    if (turn.ended()
        || branch == null
        || !(branch.standing instanceof Tasking task)
        || !task.token().equals(heartbeat.token())) {
      heartbeat.answer().decide(Answer.Kind.TIMED_OUT);
      return;
    }
    if (task.heartbeat() > 0) {
      turn.stand(branch, task.heardUntil(after(task.heartbeat())));
    }
    heartbeat.answer().decide(Answer.Kind.DONE);
  }

  void take(Trigger.Take take) {
    Branch branch = turn.state.find(take.branch());
    if (turn.ended()
        || branch == null
        || !(branch.standing instanceof Tasking task)
        || task.scheduled() != take.scheduled()
        || task.phase() != Phase.QUEUED) {
      take.answer().decide(Answer.Kind.UNKNOWN);
      return;
    }
    turn.event(branch, EventType.ActivityStarted, new Detail.WorkerStarted(take.worker()));
    turn.stand(branch, task.in(Phase.WORKING, null).heardUntil(after(task.heartbeat())));
    take.answer().decide(Answer.Kind.DONE, task);
  }

  /// The time of a task, or between two of its heartbeats, is over. Recorded: both end with
  /// `States.Timeout` and without a cause; a catcher may still name `States.HeartbeatTimeout`.
  void timedOut(Branch branch, Tasking task) {
    State.Task state = (State.Task) turn.current(branch);
    TaskEvents events = TaskEvents.of(task.resource());
    boolean wholeTime = task.timeoutAt() != 0 && task.timeoutAt() <= turn.now;
    turn.event(branch, events.timedOut(), events.failureDetail(TIMEOUT, null));
    interpreter.failures().giveUp(branch);
    var failure =
        new FailureStep.Failure(
            TIMEOUT, null, wholeTime ? TIMEOUT : "States.HeartbeatTimeout", false);
    interpreter.advance(branch, interpreter.failures().fail(branch, state, failure));
  }
}
