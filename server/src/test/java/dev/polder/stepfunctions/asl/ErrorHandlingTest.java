package dev.polder.stepfunctions.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which errors are retried and caught, and when.
final class ErrorHandlingTest {

  @ParameterizedTest
  @CsvSource({
    "States.ALL, Custom, true",
    "States.ALL, States.Timeout, true",
    "States.ALL, States.DataLimitExceeded, true",
    "States.ALL, States.Runtime, false",
    "States.Runtime, States.Runtime, false",
    "States.TaskFailed, Custom, true",
    "States.TaskFailed, States.Timeout, false",
    "States.Timeout, States.HeartbeatTimeout, true",
    "States.HeartbeatTimeout, States.HeartbeatTimeout, true",
    "States.HeartbeatTimeout, States.Timeout, false",
    "Custom, custom, false",
  })
  void namesMatchErrors(String name, String error, boolean matches) {
    assertThat(new ErrorEquals(List.of(name)).matches(error)).isEqualTo(matches);
  }

  @Test
  void intervalsGrowUpToTheLongest() {
    var retrier = retrier(2, 5, 3.0, 30L, Retrier.Jitter.NONE);
    assertThat(delays(retrier)).containsExactly(2000L, 6000L, 18_000L, 30_000L, 30_000L);
    assertThat(retrier.hasAttemptsLeft(4)).isTrue();
    assertThat(retrier.hasAttemptsLeft(5)).isFalse();
  }

  @Test
  void jitterStaysWithinTheInterval() {
    var retrier = retrier(10, 3, 2.0, null, Retrier.Jitter.FULL);
    var random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(retrier.delay(2, random).toMillis()).isBetween(0L, 20_000L);
    }
  }

  @Test
  void intervalsNeverOverflow() {
    var retrier = retrier(99_999_999, 99_999_999, 1e9, null, Retrier.Jitter.NONE);
    assertThat(retrier.delay(99_999_999, new Random(1)).toDays()).isEqualTo(366);
  }

  @Test
  void theFirstMatchingRetrierDecides() {
    var retriers =
        List.of(
            new Retrier(new ErrorEquals(List.of("A")), 1, 0, 2, null, Retrier.Jitter.NONE),
            new Retrier(
                new ErrorEquals(List.of("States.ALL")), 1, 9, 2, null, Retrier.Jitter.NONE));
    assertThat(Retrier.find(retriers, "A")).hasValue(0);
    assertThat(Retrier.find(retriers, "B")).hasValue(1);
    assertThat(Retrier.find(retriers, "States.Runtime")).isEmpty();
  }

  private static Retrier retrier(
      long interval, int attempts, double rate, @Nullable Long longest, Retrier.Jitter jitter) {
    return new Retrier(
        new ErrorEquals(List.of("States.ALL")), interval, attempts, rate, longest, jitter);
  }

  private static List<Long> delays(Retrier retrier) {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(attempt -> retrier.delay(attempt, new Random(1)).toMillis())
        .toList();
  }
}
