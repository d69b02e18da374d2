package dev.polder.kernel;

import java.util.Random;
import java.util.UUID;

/// The source of identifiers. The only place that draws random ones, so that tests can fix them.
public interface Ids {

  /// A new random UUID in its 36-character form.
  String uuid();

  /// Identifiers that cannot be guessed.
  static Ids random() {
    return () -> UUID.randomUUID().toString();
  }

  /// Identifiers that are the same in every run with the same seed.
  static Ids seeded(long seed) {
    var random = new Random(seed);
    return () -> {
      synchronized (random) {
        return new UUID(
                (random.nextLong() & ~0xF000L) | 0x4000L,
                (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
            .toString();
      }
    };
  }
}
