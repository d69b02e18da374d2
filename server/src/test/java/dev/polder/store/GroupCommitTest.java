package dev.polder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static final int ROUNDS = 500;
  private static final int THREADS = 4;

  @Test
  void whoCommitsWhileTheStoreClosesIsAnswered() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      var commits = new GroupCommit(_ -> {}, () -> {}, _ -> null);
      var begun = new CountDownLatch(THREADS);
      var answered = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        Thread.ofPlatform().daemon().start(() -> commitUntilClosed(commits, begun, answered));
      }
      begun.await();
      commits.close();
      assertThat(answered.await(60, TimeUnit.SECONDS)).as("round " + round).isTrue();
    }
  }

  @Test
  void theNextBatchIsWrittenWhileTheDiskSyncsAndAnsweredByALaterSync() throws Exception {
    var written = new LinkedBlockingQueue<Batch.Line>();
    var syncs = new SynchronousQueue<Boolean>(); // each is over once it is taken
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var commits =
          new GroupCommit(lines -> lines.forEach(written::add), () -> offer(syncs), _ -> null);
      Batch first = new Batch().put(Key.of("first"), new byte[0]);
      Batch second = new Batch().put(Key.of("second"), new byte[0]);
      Future<?> one = workers.submit(() -> commits.commit(first));
      assertThat(written.take()).isEqualTo(first.lines().getFirst());
      Future<?> two = workers.submit(() -> commits.commit(second));
      assertThat(written.take()).isEqualTo(second.lines().getFirst());
      assertThat(one.isDone() || two.isDone()).isFalse();
      syncs.take();
      one.get();
      // If the first sync began late, it was the second batch's too.
      Future<?> again = workers.submit(syncs::take);
      two.get();
      again.cancel(true);
      commits.close();
    }
  }

  @Test
  void aSyncThatFailsFailsTheCommitsThatWaitForIt() {
    var commits =
        new GroupCommit(
            _ -> {},
            () -> {
              throw new UncheckedIOException("Cannot write", new IOException("broken"));
            },
            _ -> null);
    assertThatThrownBy(() -> commits.commit(new Batch().put(Key.of("k"), new byte[0])))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot write");
    commits.close();
  }

  private static void offer(SynchronousQueue<Boolean> syncs) {
    try {
      syncs.put(true);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void commitUntilClosed(
      GroupCommit commits, CountDownLatch begun, CountDownLatch answered) {
    try {
      while (true) {
        commits.commit(new Batch().put(Key.of("k"), new byte[0]));
        begun.countDown();
      }
    } catch (IllegalStateException closed) {
      answered.countDown();
    }
  }
}
