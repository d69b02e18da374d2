package dev.polder.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.stepfunctions.execution.RandomMachines;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Random machines whose process ends after a random commit: the next process brings each execution
/// to the end that it would have come to, with the same output or the same error.
class RandomKillTest {
  private static final int MACHINES = Integer.getInteger("machines", 30);
  private static final int KILLS = 3;
  private static final String INPUT = "{\"items\": [1, 2, 3]}";
  private static final String ARN = "arn:aws:states:us-east-1:000000000000:execution:random:run";

  @TempDir private Path directory;
  private int runs;

  /// How an execution ended.
  private record End(String status, String output, String error) {
    static End of(DescribeExecutionResponse ended) {
      return new End(ended.statusAsString(), ended.output() + "", ended.error() + "");
    }
  }

  @Test
  void everyKillIsSurvived() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var ends = new TreeSet<String>();
    for (int i = 0; i < MACHINES; i++) {
      Random random = new Random(seed + i);
      String definition = definition(random);
      var counting = new DyingStore(store(), Integer.MAX_VALUE);
      End undisturbed = first(counting, definition);
      counting.inner().close();
      ends.add(undisturbed.status());
      for (int kill = 0; kill < KILLS; kill++) {
        int commits = 1 + random.nextInt(60);
        End survived = survived(definition, commits);
        assertThat(survived)
            .as("seed %d, killed after commit %d of %s", seed + i, commits, definition)
            .isEqualTo(undisturbed);
      }
    }
    assertThat(ends).contains("SUCCEEDED");
  }

  // Of six tasks one fails, with the error of all else that fails: of two branches that fail it is
  // chance which does so first. Time-outs are left out: how long a process is down is not said.
  private static String definition(Random random) {
    String machine =
        Json.write(new RandomMachines(random).machine())
            .replaceAll("\"TimeoutSeconds\":\\d+", "\"TimeoutSeconds\":500000");
    var text = new StringBuilder();
    for (String part : machine.splitWithDelimiters("function:f", 0)) {
      text.append(part.equals("function:f") && random.nextInt(6) == 0 ? "function:bad" : part);
    }
    return text.toString();
  }

  private Store store() {
    return RocksStore.open(directory.resolve("run-" + runs++));
  }

  private static Fixture.Outside outside() {
    var outside = new Fixture.Outside();
    outside.functions.put(
        "bad",
        _ -> {
          throw new IllegalStateException("no");
        });
    return outside;
  }

  private End first(DyingStore store, String definition) {
    try (Time time = RunningTime.skipping(TestPlatform.BEGIN);
        Fixture fixture = new Fixture(store, time, directory, outside()).started()) {
      return End.of(
          fixture.end(fixture.start(fixture.machine("random", definition), "run", INPUT)));
    }
  }

  private End survived(String definition, int commits) {
    var dying = new DyingStore(store(), commits);
    try (Time time = RunningTime.skipping(TestPlatform.BEGIN);
        Fixture fixture = new Fixture(dying, time, directory, outside()).started()) {
      dying.tellsTimeBy(time);
      fixture.start(fixture.machine("random", definition), "run", INPUT);
      while (!dying.isDead() && fixture.describe(ARN).status() == ExecutionStatus.RUNNING) {
        LockSupport.parkNanos(100_000);
      }
    } catch (DyingStore.Dead e) {
      assertThat(dying.isDead()).isTrue();
    }
    Instant killed = dying.death();
    try (Time time = RunningTime.skipping(killed == null ? TestPlatform.BEGIN : killed);
        Fixture fixture = new Fixture(dying.inner(), time, directory, outside()).started()) {
      return End.of(fixture.end(again(fixture, definition)));
    } finally {
      dying.inner().close();
    }
  }

  private static String again(Fixture fixture, String definition) {
    try {
      return fixture.start(fixture.machine("random", definition), "run", INPUT);
    } catch (ExecutionAlreadyExistsException e) {
      // It is over: ended before the kill, or taken up and ended since.
      return ARN;
    }
  }
}
