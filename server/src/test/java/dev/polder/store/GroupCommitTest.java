package dev.polder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static final int ROUNDS = 500;
  private static final int THREADS = 4;

  @Test
  void whoCommitsWhileTheStoreClosesIsAnswered() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      var commits = new GroupCommit(_ -> {}, _ -> null);
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
