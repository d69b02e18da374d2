package dev.polder.stepfunctions.execution;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.kernel.Ids;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.stepfunctions.execution.ExecutionStore.Opened;
import dev.polder.stepfunctions.execution.ExecutionStore.Waiter;
import dev.polder.store.ConflictException;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs Standard executions: brings what happens to the interpreter, stores what it decides, and
/// only then does what it commands.
///
/// Of an execution that waits, nothing is in memory.
public final class Runner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());

  /// How many executions a restart takes up at once.
  private static final int REOPENING = 256;

  private final ExecutionStore executions;
  private final Time time;
  private final Ids ids;
  private final Work work;
  private final MapRuns mapRuns;
  private final List<Observer> observers;
  private final Timers timers;
  private final Mailboxes mailboxes;
  private final Recent recent = new Recent();

  /// @param mapRuns runs the items of distributed Map states
  /// @param observers told of all progress
  public Runner(
      Store store,
      ExecutionStore executions,
      Time time,
      Ids ids,
      Work work,
      MapRuns mapRuns,
      List<Observer> observers) {
    this.executions = executions;
    this.time = time;
    this.ids = ids;
    this.work = work;
    this.mapRuns = mapRuns;
    this.observers = List.copyOf(observers);
    this.timers = new Timers(store, time, this::due);
    this.mailboxes = new Mailboxes(time, this::process);
  }

  /// Takes up what was open when the process ended: timers at once, all else in the background.
  public void start() {
    Stream<Waiter> open = executions.open();
    // Marked as work before there is any timer: else a clock that skips jumps to the time-outs of
    // tasks that are about to be taken up.
    time.run("executions-reopen", () -> reopen(open));
    timers.start();
  }

  private void reopen(Stream<Waiter> open) {
    var room = new Semaphore(REOPENING);
    try (open) {
      open.forEach(waiter -> {
        room.acquireUninterruptibly();
        time.run(
            "reopen",
            () -> {
              try {
                mailboxes.post(
                    waiter.execution(), new Trigger.Reopen(waiter.branch(), waiter.scheduled()));
              } finally {
                room.release();
              }
            });
      });
    }
  }

  /// Begins an execution, which runs as far as it can without waiting before this returns.
  ///
  /// @throws ConflictException if there is one of this name
  public void begin(Execution execution) {
    mailboxes.alone(
        execution.key(),
        () -> {
          var opened = new Opened(execution, new ExecutionState());
          turn(opened, List.of(new Trigger.Begin()), List.of());
        });
  }

  /// Lets something happen to an execution. Returns at once.
  public void post(ExecutionKey key, Trigger trigger) {
    mailboxes.post(key, trigger);
  }

  /// Lets something happen to an execution and waits until it is on disk.
  public Answer.Kind ask(ExecutionKey key, Trigger trigger, Answer answer) {
    mailboxes.post(key, trigger);
    return answer.await();
  }

  /// The oldest task of an activity that no worker has, given to a worker.
  public Optional<Standing.Tasking> take(Scope scope, String activityArn, @Nullable String worker) {
    for (Waiter offer : executions.offers(scope, activityArn, 100)) {
      var answer = new Answer();
      Answer.Kind kind =
          ask(
              offer.execution(),
              new Trigger.Take(offer.branch(), offer.scheduled(), worker, answer),
              answer);
      if (kind == Answer.Kind.DONE) {
        return Optional.ofNullable(answer.task());
      }
    }
    return Optional.empty();
  }

  /// A job has changed: looks whether it is over, and lets those know who await it.
  public void jobChanged(Standing.Job job) {
    for (Waiter waiter : executions.waiters(job)) {
      mailboxes.post(waiter.execution(), new Trigger.Reopen(waiter.branch(), waiter.scheduled()));
    }
  }

  private void due(List<Waiter> window) {
    List<Answer> answers = new ArrayList<>(window.size());
    for (Waiter timer : window) {
      var answer = new Answer();
      answers.add(answer);
      long at = Keys.due(timer.key());
      mailboxes.post(timer.execution(), new Trigger.Due(timer.branch(), at, timer.key(), answer));
    }
    answers.forEach(Answer::await);
  }

  private void process(ExecutionKey key, List<Trigger> triggers) {
    List<Key> spent = spent(triggers);
    try {
      try {
        process(key, triggers, spent);
      } catch (RuntimeException defect) {
        LOG.log(ERROR, "A turn of " + key.arn() + " failed", defect);
        broken(key, spent);
      }
      answers(triggers).forEach(Answer::give);
    } catch (RuntimeException e) {
      LOG.log(ERROR, "The outcome of a turn of " + key.arn() + " cannot be stored", e);
      answers(triggers).forEach(answer -> answer.fail(e));
    }
  }

  private void process(ExecutionKey key, List<Trigger> triggers, List<Key> spent) {
    Opened opened = recent.take(key);
    if (opened == null) {
      opened = executions.open(key);
    }
    if (opened == null) {
      executions.forget(spent);
      return;
    }
    if (opened.state.status() != ExecutionStatus.RUNNING
        && triggers.stream().anyMatch(Trigger.Redrive.class::isInstance)) {
      opened.execution = opened.execution.redrivenAt(time.instant().toEpochMilli());
    }
    turn(opened, triggers, spent);
  }

  /// An execution that the engine cannot go on with fails, so that it does not fail again and
  /// again.
  private void broken(ExecutionKey key, List<Key> spent) {
    Opened opened = executions.open(key);
    if (opened == null) {
      executions.forget(spent);
    } else {
      turn(opened, List.of(new Trigger.Break()), spent);
    }
  }

  private static List<Key> spent(List<Trigger> triggers) {
    List<Key> spent = new ArrayList<>();
    for (Trigger trigger : triggers) {
      if (trigger instanceof Trigger.Due due && due.timer() != null) {
        spent.add(due.timer());
      }
    }
    return spent;
  }

  private static List<Answer> answers(List<Trigger> triggers) {
    List<Answer> answers = new ArrayList<>();
    for (Trigger trigger : triggers) {
      Answer answer = trigger.awaited();
      if (answer != null) {
        answers.add(answer);
      }
    }
    return answers;
  }

  private void turn(Opened opened, List<Trigger> triggers, List<Key> spent) {
    boolean begins = !opened.stored;
    Turn turn =
        new Turn(
            opened.execution,
            opened.state,
            executions.programs(),
            Turn.time(time.instant(), triggers),
            random(ids));
    Interpreter.run(turn, triggers);
    if (begins || !turn.entries.isEmpty() || !spent.isEmpty()) {
      executions.save(opened, turn, begins, spent, timers::stored);
    }
    if (!turn.ended()) {
      recent.put(opened);
    }
    for (Observer observer : observers) {
      observer.progressed(opened.execution, opened.state, turn.entries);
    }
    turn.commands.forEach(command -> perform(opened.execution, command));
    if (turn.ended() && !turn.entries.isEmpty()) {
      ended(opened.execution);
    }
  }

  static RandomGenerator random(Ids ids) {
    return () -> {
      UUID uuid = UUID.fromString(ids.uuid());
      return uuid.getMostSignificantBits() ^ Long.rotateLeft(uuid.getLeastSignificantBits(), 31);
    };
  }

  private void ended(Execution execution) {
    jobChanged(new Standing.Job("execution", execution.arn()));
    Execution.MapChild child = execution.parent();
    if (child != null) {
      mapRuns.childEnded(execution.key(), child);
    }
  }

  private void perform(Execution execution, Command command) {
    switch (command) {
      case Command.Call call ->
          time.run(
              "task",
              () ->
                  returned(
                      execution, call.branch(), call.task(), work.call(execution, call.task())));
      case Command.CallAgain call ->
          time.run(
              "task",
              () ->
                  returned(
                      execution,
                      call.branch(),
                      call.task(),
                      work.callAgain(execution, call.task())));
      case Command.Await await ->
          time.run(
              "job",
              () ->
                  work.outcome(execution, await.task(), await.job())
                      .ifPresent(
                          outcome -> returned(execution, await.branch(), await.task(), outcome)));
      case Command.Cancel cancel -> time.run("cancel", () -> work.cancel(execution, cancel.job()));
      case Command.Offer offer -> work.offered(execution.scope(), offer.activityArn());
      case Command.StartMapRun start ->
          mapRuns.start(execution, start.branch(), start.plan(), start.redrives());
      case Command.StopMapRun stop -> mapRuns.stop(execution, stop.mapRunArn());
      case Command.Continue _ -> mailboxes.post(execution.key(), new Trigger.Resume());
    }
  }

  private void returned(
      Execution execution, int branch, Standing.Tasking task, TaskOutcome outcome) {
    mailboxes.post(execution.key(), new Trigger.Returned(branch, task.scheduled(), outcome));
  }

  @Override
  public void close() {
    timers.close();
    mailboxes.close();
  }
}
