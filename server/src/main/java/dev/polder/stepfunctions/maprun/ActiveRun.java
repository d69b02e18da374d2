package dev.polder.stepfunctions.maprun;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.kernel.Platform;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Detail;
import dev.polder.stepfunctions.execution.Entry;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import dev.polder.stepfunctions.execution.ExecutionStore;
import dev.polder.stepfunctions.execution.Head;
import dev.polder.stepfunctions.execution.MapRunPlan;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A map run that is under way.
///
/// What is known of its children is in a [ChildLedger]; all else is in the store.
final class ActiveRun {
  private static final System.Logger LOG = System.getLogger(ActiveRun.class.getName());

  /// How many children run at once where the state sets no limit.
  private static final int AT_ONCE = 1000;

  private final Platform platform;
  private final ExecutionStore executions;
  private final Children children;
  private final Execution parent;
  private final MapRunPlan plan;
  private final State.MapState state;
  private final Consumer<TaskOutcome> told;
  private final ChildPlan childPlan;
  private final ChildLedger ledger = new ChildLedger();
  private MapRun run;
  private boolean opened;
  private boolean over;
  private boolean abandoned;

  ActiveRun(
      Platform platform,
      ExecutionStore executions,
      Children children,
      Execution parent,
      MapRunPlan plan,
      State.MapState state,
      Consumer<TaskOutcome> told) {
    this.platform = platform;
    this.executions = executions;
    this.children = children;
    this.parent = parent;
    this.plan = plan;
    this.state = state;
    this.told = told;
    this.childPlan = new ChildPlan(parent, plan, state);
    this.run =
        new MapRun(
            parent.scope(),
            ChildPlan.machine(parent),
            plan.name(),
            parent.arn(),
            -1,
            0,
            new MapRun.Limits(
                plan.maxConcurrency(), plan.toleratedCount(), plan.toleratedPercentage()),
            MapRun.Counts.NONE,
            MapRun.Ending.NONE,
            now(),
            0,
            0);
  }

  private long now() {
    return platform.time().instant().toEpochMilli();
  }

  /// Begins the run, or goes on where a process that has ended left it.
  ///
  /// @param redrives how often the run is to have been redriven
  void start(int redrives) {
    try {
      if (open(redrives)) {
        fill();
      }
    } catch (ReadFailure e) {
      fail("States.ItemReaderFailed", String.valueOf(e.getMessage()));
    } catch (EvaluationFailure e) {
      fail(e.error(), e.cause());
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void broken(RuntimeException e) {
    LOG.log(ERROR, "The map run " + plan.mapRunArn() + " failed", e);
    fail("States.Runtime", "An internal error occurred.");
  }

  // Children that end meanwhile wait until all is known of those that ended before.
  private synchronized boolean open(int redrives) throws ReadFailure {
    if (over) {
      return false;
    }
    byte[] stored = platform.store().get(run.key());
    if (stored == null) {
      Key listed = MapRun.byExecution(run.scope(), parent.arn()).with(run.name());
      platform
          .store()
          .commit(
              new Batch()
                  .put(run.key(), run.written())
                  .put(listed, new byte[0])
                  .put(run.openKey(), new byte[0]));
    } else {
      run = MapRun.read(run.scope(), run.machine(), run.name(), stored);
      if (run.redrives() < redrives) {
        redrive(redrives);
      } else if (run.status() != MapRun.Status.RUNNING && run.status() != MapRun.Status.SUCCEEDED) {
        over = true;
        told.accept(new TaskOutcome.Failed(run.ending().error(), run.ending().cause()));
        return false;
      }
    }
    if (run.children() < 0) {
      run = new Inputs(platform, parent, plan, state, run).read();
    }
    if (stored != null) {
      takeUp();
    }
    opened = true;
    return true;
  }

  /// Those that did not succeed are to run once more: their results are forgotten.
  private void redrive(int times) {
    Batch batch = new Batch();
    try (Scan scan = platform.store().scan(KeyRange.prefix(run.results()))) {
      scan.stream()
          .filter(each -> ChildResult.read(each.value()).status() != ExecutionStatus.SUCCEEDED)
          .forEach(each -> batch.delete(each.key()));
    }
    run = run.redriven(times, now());
    platform.store().commit(batch.put(run.key(), run.written()).put(run.openKey(), new byte[0]));
  }

  /// Finds what children had been begun, and what had become of them, when the process ended.
  /// Children were begun side by side, so there may be some that were not between some that were.
  private void takeUp() {
    MapRun.Counts counts = MapRun.Counts.NONE;
    for (int i = 0; i < run.children(); i++) {
      byte[] result = platform.store().get(result(i));
      if (result != null) {
        ledger.over(i);
        counts = counts.and(ChildResult.read(result).status());
        continue;
      }
      Optional<Head> head = executions.head(childPlan.key(i));
      if (head.isPresent() && !isOfAnEarlierTry(head.get())) {
        ledger.runs(i);
        if (head.get().status() != ExecutionStatus.RUNNING) {
          int index = i;
          platform.time().run("map-child", () -> childEnded(head.get().key(), index));
        }
      }
    }
    run = run.counting(counts);
  }

  private boolean isOfAnEarlierTry(Head child) {
    return child.status() != ExecutionStatus.RUNNING
        && child.status() != ExecutionStatus.SUCCEEDED
        && run.redriven() != 0
        && child.stopped() <= run.redriven();
  }

  private Key result(int index) {
    return run.results().with(index);
  }

  /// Begins as many children as may run at once; ends the run when there are no more.
  private void fill() {
    List<Integer> now = new ArrayList<>();
    boolean failed;
    boolean done;
    synchronized (this) {
      failed = !over && run.tooManyFailures();
      long concurrency = run.limits().concurrency();
      long limit = concurrency == 0 ? AT_ONCE : concurrency;
      while (!over && !failed && ledger.running() < limit) {
        OptionalInt child = ledger.begin(run.children());
        if (child.isEmpty()) {
          break;
        }
        now.add(child.getAsInt());
      }
      done = !over && !failed && run.counts().ended() >= run.children();
      over = over || done;
    }
    for (int index : now) {
      platform.time().run("map-child", () -> begin(index));
    }
    if (failed) {
      fail(
          "States.ExceedToleratedFailureThreshold",
          "The specified tolerated failure threshold was exceeded");
    } else if (done) {
      finish();
    }
  }

  private void begin(int index) {
    if (isAbandoned()) {
      return;
    }
    try {
      Execution child = childPlan.child(index, input(index), now(), children.nextOrder());
      children.begin(child);
      if (isAbandoned() && !child.express()) {
        children.stop(List.of(child.key())); // it was not there when the others were stopped
      }
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  private Payload input(int index) {
    byte[] stored = platform.store().get(run.inputs().with(index));
    return Payload.ofText(
        new String(Objects.requireNonNull(stored, "no item"), StandardCharsets.UTF_8));
  }

  void childEnded(ExecutionKey key, int index) {
    Head head = executions.head(key).orElseThrow();
    Entry.HistoryEvent last = executions.last(key).orElseThrow();
    ended(
        index,
        new ChildResult(
            key.arn(),
            key.name(),
            head.status(),
            last.detail() instanceof Detail.Output o ? o.output().text() : null,
            last.detail() instanceof Detail.Failure f ? f.error() : null,
            last.detail() instanceof Detail.Failure f ? f.cause() : null,
            head.started(),
            head.stopped()));
  }

  void expressEnded(Execution execution, ExecutionState end, int index) {
    Payload output = end.output();
    ended(
        index,
        new ChildResult(
            execution.arn(),
            execution.key().name(),
            end.status(),
            output == null ? null : output.text(),
            end.error(),
            end.cause(),
            execution.started(),
            end.stopped()));
  }

  private void ended(int index, ChildResult result) {
    if (isOld(index)) {
      return;
    }
    platform.store().commit(new Batch().put(result(index), result.written()));
    synchronized (this) {
      if (isOld(index)) {
        return;
      }
      ledger.end(index);
      run = run.counting(run.counts().and(result.status()));
    }
    fill();
  }

  private synchronized boolean isOld(int index) {
    return over || ledger.hasEnded(index);
  }

  private void finish() {
    try {
      var results = new Results(platform, parent, plan, state, run);
      TaskOutcome outcome = results.outcome(childPlan.machineArn());
      switch (outcome) {
        case TaskOutcome.Succeeded _ -> end(MapRun.Status.SUCCEEDED, results.written(), outcome);
        case TaskOutcome.Failed _ -> end(MapRun.Status.FAILED, 0, outcome);
        case TaskOutcome.Submitted _ -> throw new IllegalStateException("A run is not submitted");
      }
    } catch (RuntimeException e) {
      LOG.log(ERROR, "The results of " + plan.mapRunArn() + " cannot be told", e);
      end(
          MapRun.Status.FAILED,
          0,
          new TaskOutcome.Failed("States.Runtime", "An internal error occurred."));
    }
  }

  void fail(String error, String cause) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      abandoned = true;
    }
    stopChildren();
    end(MapRun.Status.FAILED, 0, new TaskOutcome.Failed(error, cause));
  }

  void abort() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      abandoned = true;
      if (!opened) {
        recall();
      }
    }
    stopChildren();
    synchronized (this) {
      store(new MapRun.Ending(MapRun.Status.ABORTED, null, null, 0, now()));
    }
  }

  /// Finds what an earlier process had begun of a run that is stopped before it is taken up.
  private void recall() {
    byte[] stored = platform.store().get(run.key());
    if (stored != null) {
      run = MapRun.read(run.scope(), run.machine(), run.name(), stored);
      takeUp();
    }
  }

  private void stopChildren() {
    List<ExecutionKey> open;
    synchronized (this) {
      open = ledger.open().mapToObj(childPlan::key).toList();
    }
    // Express children end within five minutes, and nobody hears of it.
    if (!childPlan.express()) {
      children.stop(open);
    }
  }

  private void end(MapRun.Status status, int written, TaskOutcome outcome) {
    boolean failed = outcome instanceof TaskOutcome.Failed;
    synchronized (this) {
      store(
          new MapRun.Ending(
              status,
              failed ? ((TaskOutcome.Failed) outcome).error() : null,
              failed ? ((TaskOutcome.Failed) outcome).cause() : null,
              written,
              now()));
    }
    told.accept(outcome);
  }

  private void store(MapRun.Ending ending) {
    run = run.ended(ending);
    platform.store().commit(new Batch().put(run.key(), run.written()).delete(run.openKey()));
  }

  synchronized int running() {
    return ledger.running();
  }

  synchronized MapRun told() {
    return run;
  }

  void limit(MapRun.Limits limits) {
    synchronized (this) {
      if (over) {
        return;
      }
      run = run.limited(limits);
      platform.store().commit(new Batch().put(run.key(), run.written()));
    }
    fill();
  }
}
