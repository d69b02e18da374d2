package dev.polder.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.DefinitionParser;
import dev.polder.stepfunctions.asl.Parsed;
import dev.polder.stepfunctions.asl.StateGraph;
import dev.polder.stepfunctions.execution.Standing.Tasking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random machines, run by random outcomes at random times: the fold of the log is the live state
/// after every turn, and the state that was stored is the same.
class ReplayTest {
  private static final int MACHINES = 400;

  @Test
  void replayEqualsLive() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Map<ExecutionStatus, Integer> ends = new LinkedHashMap<>();
    for (int i = 0; i < MACHINES; i++) {
      ExecutionStatus end = new Run(new Random(seed + i)).run();
      ends.merge(end, 1, Integer::sum);
    }
    // Whatever the seed, enough end in either way for the comparison to mean something.
    assertThat(ends.getOrDefault(ExecutionStatus.SUCCEEDED, 0)).isGreaterThan(MACHINES / 10);
    assertThat(ends.getOrDefault(ExecutionStatus.FAILED, 0)).isGreaterThan(MACHINES / 10);
  }

  /// One machine and one execution of it.
  private static final class Run {
    private final Random random;
    private final Execution execution;
    private ExecutionState live = new ExecutionState();
    private final List<Entry> log = new ArrayList<>();
    private long now = 1_600_000_000_000L;

    /// How many tasks of six fail, and whether somebody may stop the execution.
    private int failing;

    private boolean stoppable;

    Run(Random random) {
      this.random = random;
      this.failing = Math.max(0, random.nextInt(6) - 2);
      this.stoppable = random.nextInt(4) == 0;
      String definition = Json.write(new RandomMachines(random).machine());
      Parsed parsed = DefinitionParser.parse(definition);
      if (!(parsed instanceof Parsed.Valid valid)) {
        throw new AssertionError(definition + "\n" + parsed);
      }
      var key = new ExecutionKey(Scope.DEFAULT, "m", "e");
      this.execution =
          new Execution(
              key,
              key.arn(),
              "arn",
              "m",
              null,
              null,
              "role",
              "r",
              null,
              valid.definition().graph(),
              0,
              now,
              0,
              Payload.ofText("{\"items\":[1,2,3]}"),
              null,
              null,
              0,
              false,
              null);
    }

    /// Runs to the end; what failed may be redriven, and then nothing fails any more.
    ExecutionStatus run() {
      turn(new Trigger.Begin());
      ExecutionStatus end = proceed();
      if (end != ExecutionStatus.SUCCEEDED && end != ExecutionStatus.RUNNING) {
        failing = 0;
        stoppable = false;
        turn(new Trigger.Redrive(new Answer()));
        ExecutionStatus _ = proceed();
      }
      return end;
    }

    private ExecutionStatus proceed() {
      for (int i = 0; i < 500 && live.status() == ExecutionStatus.RUNNING; i++) {
        List<Branch> open =
            live.branches().stream()
                .filter(b -> b.standing.due() != 0 || b.standing.open())
                .toList();
        assertThat(open).as("something must be able to go on").isNotEmpty();
        Branch branch = open.get(random.nextInt(open.size()));
        if (stoppable && random.nextInt(40) == 0) {
          turn(new Trigger.Stop("Stopped", null, new Answer()));
        } else if (branch.standing instanceof Tasking task
            && random.nextInt(8 + 60 * (6 - failing)) > 0) {
          turn(new Trigger.Returned(branch.id, task.scheduled(), outcome()));
        } else if (branch.standing.due() != 0) {
          now = Math.max(now, branch.standing.due());
          turn(new Trigger.Due(branch.id, now, null, new Answer()));
        }
      }
      return live.status();
    }

    private TaskOutcome outcome() {
      return random.nextInt(6) < failing
          ? new TaskOutcome.Failed(random.nextBoolean() ? "Boom" : "Other", "because")
          : new TaskOutcome.Succeeded(Payload.ofText("{\"items\":[4,5]}"));
    }

    private void turn(Trigger trigger) {
      now += random.nextInt(3);
      Turn turn = new Turn(execution, live, new NoPrograms(), Instant.ofEpochMilli(now), random);
      Interpreter.run(turn, List.of(trigger));
      log.addAll(LogCodec.read(LogCodec.write(turn.entries)));
      check();
    }

    /// Folds the log from its beginning, and reads what would have been stored.
    private void check() {
      var folded = new ExecutionState();
      log.forEach(folded::apply);
      assertThat(folded.status()).isEqualTo(live.status());
      assertThat(bytes(folded)).isEqualTo(bytes(live));
      ExecutionState stored = StateCodec.read(StateCodec.write(live));
      for (Branch branch : live.branches()) {
        if (!branch.isRoot()) {
          stored.restore(StateCodec.branch(StateCodec.write(branch)));
        }
      }
      stored.resume(live.status());
      assertThat(bytes(stored)).isEqualTo(bytes(live));
      live = random.nextBoolean() ? stored : live;
      live.takeChanged();
    }

    private static List<String> bytes(ExecutionState state) {
      List<String> all = new ArrayList<>();
      all.add(HexFormat.of().formatHex(StateCodec.write(state)));
      for (Branch branch : state.branches()) {
        all.add(HexFormat.of().formatHex(StateCodec.write(branch)));
      }
      return all;
    }
  }

  private static final class NoPrograms implements Programs {
    @Override
    public StateGraph graph(
        Scope scope, String machine, String revision, @Nullable String mapState) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasActivity(Scope scope, String arn) {
      return true;
    }
  }
}
