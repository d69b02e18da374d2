package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import dev.polder.stepfunctions.execution.ExecutionStore;
import dev.polder.stepfunctions.execution.MapRunPlan;
import dev.polder.stepfunctions.execution.MapRuns;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.execution.Trigger;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// All map runs of this process.
public final class DistributedMaps implements MapRuns {
  private final Platform platform;
  private final ExecutionStore executions;
  private final MapStates states;
  private final Children children;
  private final BiConsumer<ExecutionKey, Trigger> parents;
  private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();

  /// Finds the Map state of an execution.
  @FunctionalInterface
  public interface MapStates {
    /// The Map state of a name in what the execution runs.
    State.MapState find(Execution execution, String name);
  }

  /// @param parents takes what a map run has to tell its execution
  public DistributedMaps(
      Platform platform,
      ExecutionStore executions,
      MapStates states,
      Children children,
      BiConsumer<ExecutionKey, Trigger> parents) {
    this.platform = platform;
    this.executions = executions;
    this.states = states;
    this.children = children;
    this.parents = parents;
  }

  // Known from here on, so that a stop that follows finds it, and carried out on its own.
  @Override
  public void start(Execution parent, int branch, MapRunPlan plan, int redrives) {
    var run =
        new ActiveRun(
            platform,
            executions,
            children,
            parent,
            plan,
            states.find(parent, plan.state()),
            outcome -> ended(parent, branch, plan, outcome));
    if (active.putIfAbsent(plan.mapRunArn(), run) == null) {
      platform.time().run("map-run", () -> run.start(redrives));
    }
  }

  private void ended(Execution parent, int branch, MapRunPlan plan, TaskOutcome outcome) {
    active.remove(plan.mapRunArn());
    parents.accept(parent.key(), new Trigger.MapRunEnded(branch, plan.mapRunArn(), outcome));
  }

  @Override
  public void stop(Execution parent, String mapRunArn) {
    ActiveRun run = active.remove(mapRunArn);
    platform
        .time()
        .run(
            "map-run",
            () -> {
              if (run == null) {
                // Not yet taken up by this process.
                find(parent.scope(), ChildPlan.machine(parent), MapRunPlan.name(mapRunArn))
                    .ifPresent(this::forgetOrphan);
              } else {
                run.abort();
              }
            });
  }

  @Override
  public void childEnded(ExecutionKey key, Execution.MapChild child) {
    ActiveRun run = active.get(child.mapRunArn());
    if (run != null) {
      run.childEnded(key, child.index());
    }
  }

  @Override
  public void expressEnded(Execution execution, ExecutionState state) {
    Execution.MapChild child = execution.parent();
    ActiveRun run = child == null ? null : active.get(child.mapRunArn());
    if (run != null && child != null) {
      run.expressEnded(execution, state, child.index());
    }
  }

  /// Stops the runs that no execution waits for any more: the process ended after an execution had
  /// given them up and before they were stopped.
  public void forgetOrphans() {
    List<Key> open = new ArrayList<>();
    try (Scan scan = platform.store().scan(KeyRange.prefix(MapRun.OPEN))) {
      scan.stream().forEach(entry -> open.add(entry.key()));
    }
    for (Key key : open) {
      Scope scope = new Scope(key.string(-4), key.string(-3));
      find(scope, key.string(-2), key.string(-1)).ifPresent(this::forgetOrphan);
    }
  }

  private void forgetOrphan(MapRun run) {
    if (run.status() != MapRun.Status.RUNNING || active.containsKey(run.arn())) {
      return;
    }
    String[] parent = run.executionArn().split(":", -1);
    if (executions.awaits(new ExecutionKey(run.scope(), parent[6], parent[7]), run.arn())) {
      return;
    }
    String label = run.name().substring(0, run.name().lastIndexOf(':'));
    List<ExecutionKey> running = new ArrayList<>();
    executions.list(
        run.scope(),
        run.machine() + "/" + label,
        null,
        0,
        head -> {
          Execution.MapChild child = head.parent();
          if (head.status() == ExecutionStatus.RUNNING
              && child != null
              && child.mapRunArn().equals(run.arn())) {
            running.add(head.key());
          }
          return true;
        });
    children.stop(running);
    long now = platform.time().instant().toEpochMilli();
    MapRun ended = run.ended(new MapRun.Ending(MapRun.Status.ABORTED, null, null, 0, now));
    platform.store().commit(new Batch().put(run.key(), ended.written()).delete(run.openKey()));
  }

  /// What is told of a run.
  public Optional<MapRun> find(Scope scope, String machine, String name) {
    String arn = scope.arn("states", "mapRun:" + machine + "/" + name).toString();
    ActiveRun running = active.get(arn);
    if (running != null) {
      return Optional.of(running.told());
    }
    byte[] bytes = platform.store().get(MapRun.key(scope, machine, name));
    return bytes == null ? Optional.empty() : Optional.of(MapRun.read(scope, machine, name, bytes));
  }

  /// How many children of a run are running now.
  public int running(MapRun run) {
    ActiveRun found = active.get(run.arn());
    return found == null ? 0 : found.running();
  }

  /// Changes the limits of a run that is under way.
  public void limit(MapRun run) {
    ActiveRun found = active.get(run.arn());
    if (found == null) {
      return;
    }
    found.limit(run.limits());
  }

  /// The runs of an execution, the earliest first.
  public List<MapRun> of(Scope scope, String machine, String executionArn) {
    List<MapRun> runs = new ArrayList<>();
    try (Scan scan =
        platform.store().scan(KeyRange.prefix(MapRun.byExecution(scope, executionArn)))) {
      while (scan.hasNext()) {
        @Nullable MapRun run = find(scope, machine, scan.next().key().string(-1)).orElse(null);
        if (run != null) {
          runs.add(run);
        }
      }
    }
    return runs;
  }
}
