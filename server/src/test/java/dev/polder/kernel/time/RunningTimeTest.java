package dev.polder.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningTimeTest {
  private static final Instant BEGIN = Instant.parse("2020-05-01T00:00:00Z");

  @Test
  void aSkippingClockRunsAYearOfDailyTimersInOrder() throws Exception {
    List<Instant> fired = new CopyOnWriteArrayList<>();
    var done = new CountDownLatch(365);
    try (var time = RunningTime.skipping(BEGIN)) {
      try (var work = time.work()) {
        assertThat(work).isNotNull();
        for (int day = 365; day >= 1; day--) {
          Instant due = BEGIN.plus(Duration.ofDays(day));
          time.at(
              due,
              () -> {
                fired.add(due);
                assertThat(time.instant()).isAfterOrEqualTo(due);
                done.countDown();
              });
        }
      }
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(fired).isSorted().hasSize(365);
  }

  @Test
  void aSkippingClockDoesNotJumpWhileWorkIsOpen() throws Exception {
    try (var time = RunningTime.skipping(BEGIN)) {
      var fired = new CountDownLatch(1);
      try (var work = time.work()) {
        assertThat(work).isNotNull();
        time.at(BEGIN.plus(Duration.ofHours(1)), fired::countDown);
        assertThat(time.instant()).isBefore(BEGIN.plus(Duration.ofMinutes(30)));
        assertThat(fired.getCount()).isEqualTo(1);
      }
      assertThat(fired.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aTimerTakenBackDoesNotRun() throws Exception {
    try (var time = RunningTime.skipping(BEGIN)) {
      var later = new CountDownLatch(1);
      List<String> ran = new CopyOnWriteArrayList<>();
      try (var work = time.work()) {
        assertThat(work).isNotNull();
        var first = time.at(BEGIN.plus(Duration.ofHours(1)), () -> ran.add("first"));
        time.at(BEGIN.plus(Duration.ofHours(2)), later::countDown);
        assertThat(first.cancel()).isTrue();
        assertThat(first.cancel()).isFalse();
      }
      assertThat(later.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ran).isEmpty();
    }
  }

  @Test
  void manualTimeRunsEachTimerAtItsInstant() {
    var time = new ManualTime(BEGIN);
    List<Instant> seen = new CopyOnWriteArrayList<>();
    time.at(BEGIN.plusSeconds(5), () -> seen.add(time.instant()));
    time.at(
        BEGIN.plusSeconds(2), () -> time.at(time.instant().plusSeconds(1), () -> seen.add(BEGIN)));
    time.advance(Duration.ofSeconds(10));
    assertThat(seen).containsExactly(BEGIN, BEGIN.plusSeconds(5));
    assertThat(time.instant()).isEqualTo(BEGIN.plusSeconds(10));
  }
}
