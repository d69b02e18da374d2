package dev.polder.stepfunctions.execution;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.kernel.Ids;
import dev.polder.kernel.time.Time;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// Runs Express executions, which live in memory and are lost with the process, as the real
/// service's may be run more than once or not at all.
public final class Express implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Express.class.getName());

  /// How long an Express execution may run
  /// (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
  public static final long LONGEST_SECONDS = 300;

  private final Programs programs;
  private final Time time;
  private final Ids ids;
  private final Work work;
  private final MapRuns mapRuns;
  private final List<Observer> observers;
  private volatile boolean closed;

  /// @param observers told of all progress
  public Express(
      Programs programs, Time time, Ids ids, Work work, MapRuns mapRuns, List<Observer> observers) {
    this.programs = programs;
    this.time = time;
    this.ids = ids;
    this.work = work;
    this.mapRuns = mapRuns;
    this.observers = List.copyOf(observers);
  }

  /// An execution in memory.
  private static final class Live {
    final Execution execution;
    final ExecutionState state = new ExecutionState();
    final Semaphore turn = new Semaphore(1, true);
    final CountDownLatch ended = new CountDownLatch(1);

    Live(Execution execution) {
      this.execution = execution;
    }
  }

  /// Begins an execution.
  public void start(Execution execution) {
    begin(new Live(execution));
  }

  /// Runs an execution to its end.
  public ExecutionState run(Execution execution) {
    var live = new Live(execution);
    begin(live);
    boolean interrupted = false;
    while (true) {
      try {
        live.ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return live.state;
  }

  private void begin(Live live) {
    // Held from before the limit is set, or a clock that skips would jump there at once.
    Time.Work working = time.work();
    try {
      limited(live);
    } finally {
      working.close();
    }
  }

  private void limited(Live live) {
    long deadline = live.execution.deadline();
    Time.Timer limit =
        time.at(
            Instant.ofEpochMilli(deadline),
            () -> happen(live, new Trigger.Due(-1, deadline, null, new Answer())));
    happen(live, new Trigger.Begin());
    if (live.ended.getCount() == 0) {
      boolean cancelled = limit.cancel();
      assert cancelled || closed || live.ended.getCount() == 0;
    }
  }

  private void happen(Live live, Trigger trigger) {
    Time.Work working = time.work();
    live.turn.acquireUninterruptibly();
    try {
      turn(live, trigger);
    } catch (RuntimeException e) {
      LOG.log(ERROR, "A turn of " + live.execution.arn() + " failed", e);
      turn(live, new Trigger.Break());
    } finally {
      live.turn.release();
      working.close();
    }
  }

  private void turn(Live live, Trigger trigger) {
    if (closed || live.state.status() != ExecutionStatus.RUNNING) {
      return;
    }
    List<Trigger> triggers = List.of(trigger);
    Instant now = Turn.time(time.instant(), triggers);
    Turn turn = new Turn(live.execution, live.state, programs, now, Runner.random(ids));
    Interpreter.run(turn, triggers);
    Set<Integer> changed = live.state.takeChanged();
    for (Observer observer : observers) {
      observer.progressed(live.execution, live.state, turn.entries);
    }
    if (turn.ended()) {
      live.ended.countDown();
      Execution.MapChild child = live.execution.parent();
      if (child != null) {
        mapRuns.expressEnded(live.execution, live.state);
      }
    } else {
      changed.forEach(branch -> arm(live, branch));
    }
    turn.commands.forEach(command -> perform(live, command));
  }

  private void arm(Live live, int id) {
    Branch branch = live.state.find(id);
    if (branch != null && branch.standing.due() != 0) {
      long due = branch.standing.due();
      time.at(
          Instant.ofEpochMilli(due),
          () -> happen(live, new Trigger.Due(id, due, null, new Answer())));
    }
  }

  private void perform(Live live, Command command) {
    switch (command) {
      case Command.Call call ->
          time.run(
              "task",
              () ->
                  happen(
                      live,
                      new Trigger.Returned(
                          call.branch(),
                          call.task().scheduled(),
                          work.call(live.execution, call.task()))));
      case Command.Continue _ -> time.run("execution", () -> happen(live, new Trigger.Resume()));
      case Command.StartMapRun _,
          Command.StopMapRun _,
          Command.CallAgain _,
          Command.Await _,
          Command.Cancel _,
          Command.Offer _ ->
          throw new IllegalStateException("An Express execution does not wait for " + command);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
