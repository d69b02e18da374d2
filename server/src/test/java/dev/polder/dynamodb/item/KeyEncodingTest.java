package dev.polder.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class KeyEncodingTest {
  private static final int PAIRS = 20_000;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final RandomGenerator random = new Random(seed);

  @Test
  void bytesOfNumbersAreOrderedAsTheNumbersAre() {
    for (int i = 0; i < PAIRS; i++) {
      compare(Samples.number(random), Samples.number(random), Comparator.naturalOrder());
    }
  }

  @Test
  void bytesOfStringsAreOrderedAsTheirUtf8() {
    for (int i = 0; i < PAIRS; i++) {
      var a = new Value.S(Samples.text(random));
      var b = new Value.S(Samples.text(random));
      compare(a, b, Comparator.comparing(Value.S::value, Utf8.ORDER));
    }
  }

  @Test
  void bytesOfBinariesAreOrderedAsUnsignedBytes() {
    for (int i = 0; i < PAIRS; i++) {
      compare(Samples.binary(random), Samples.binary(random), Comparator.naturalOrder());
    }
  }

  @Test
  void whatBeginsWithAPrefixIsBeforeWhatComesAfterIt() {
    for (int i = 0; i < PAIRS; i++) {
      byte[] prefix = Samples.binary(random).bytes();
      byte[] bytes = Samples.binary(random).bytes();
      boolean begins =
          bytes.length >= prefix.length
              && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
      boolean within =
          Arrays.compareUnsigned(bytes, prefix) >= 0
              && KeyEncoding.afterPrefix(prefix)
                  .map(after -> Arrays.compareUnsigned(bytes, after) < 0)
                  .orElse(true);
      assertThat(within).as("-Dseed=%d pair %d", seed, i).isEqualTo(begins);
    }
  }

  private <T extends Value> void compare(T a, T b, Comparator<T> order) {
    int ofBytes = Arrays.compareUnsigned(KeyEncoding.bytes(a), KeyEncoding.bytes(b));
    assertThat(Integer.signum(ofBytes))
        .as("-Dseed=%d: %s and %s", seed, a, b)
        .isEqualTo(Integer.signum(order.compare(a, b)));
  }
}
