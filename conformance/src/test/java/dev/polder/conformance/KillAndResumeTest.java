package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// `kill -9` anywhere in the pipeline, again and again: the table is the same as without.
class KillAndResumeTest {
  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final int POINTS = 12;

  /// A machine on which the kills take longer than this makes do with a quarter of them.
  private static final Duration BUDGET = Duration.ofMinutes(4);

  @TempDir Path directory;

  @Test
  void killedAnywhereThePipelineGivesTheSameTable() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed + ", kills " + KILLS);
    var random = new Random(seed);

    List<List<String>> undisturbed;
    long normal;
    try (var server = PolderProcess.start(directory.resolve("undisturbed"))) {
      var pipeline = TrafficPipeline.deploy(server, "MaxPartitionsPerQuery=6");
      pipeline.land(POINTS, 7, directory);
      long began = System.nanoTime();
      pipeline.start("run");
      assertThat(pipeline.await("run").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      normal = System.nanoTime() - began;
      undisturbed = pipeline.minutes();
    }
    assertThat(undisturbed).hasSizeGreaterThan(1000);

    Path data = directory.resolve("killed");
    try (var server = PolderProcess.start(data)) {
      TrafficPipeline.deploy(server, "MaxPartitionsPerQuery=6").land(POINTS, 7, directory);
    }
    int kills = 0;
    int wanted = KILLS;
    long begun = System.nanoTime();
    for (int run = 0; kills < wanted; run++) {
      String name = "run-" + run;
      boolean ended = false;
      while (!ended) {
        try (var server = PolderProcess.start(data)) {
          var pipeline = TrafficPipeline.of(server);
          boolean kill = kills < wanted && random.nextInt(4) != 0;
          if (kill) {
            killLater(server, (long) (random.nextDouble() * normal * 1.2));
            kills++;
          }
          ended = finishes(pipeline, name, kill);
          if (ended && !kill) {
            assertThat(pipeline.minutes()).isEqualTo(undisturbed);
          }
        }
      }
      if (System.nanoTime() - begun > BUDGET.toNanos()) {
        wanted = KILLS / 4;
      }
    }
    System.out.println("killed " + kills + " times");
    try (var server = PolderProcess.start(data)) {
      var pipeline = TrafficPipeline.of(server);
      assertThat(pipeline.minutes()).isEqualTo(undisturbed);
      assertThat(pipeline.query("SELECT count(*) FROM landing")).hasSize(1);
    }
  }

  private static void killLater(PolderProcess server, long nanos) {
    long due = System.nanoTime() + nanos;
    Thread.ofVirtual()
        .start(() -> {
          while (System.nanoTime() < due) {
            LockSupport.parkNanos(Math.min(due - System.nanoTime(), TimeUnit.SECONDS.toNanos(1)));
          }
          server.kill();
        });
  }

  /// Starts the execution or finds it, and follows it to its end. False if the server was killed on
  /// the way.
  private static boolean finishes(TrafficPipeline pipeline, String name, boolean kill) {
    try {
      pipeline.start(name);
      var ended = pipeline.await(name);
      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      return true;
    } catch (SdkException e) {
      if (!kill) {
        throw e;
      }
      return false;
    }
  }
}
