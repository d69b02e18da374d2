package dev.polder.stepfunctions.expression;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What expressions may draw from outside their data: the time, for `$now()` and `$millis()`, and
/// chance, for `States.UUID`, `States.MathRandom`, `$uuid` and `$random`.
public record Environment(InstantSource time, RandomGenerator random) {

  /// A new version 4 UUID.
  String uuid() {
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
        .toString();
  }
}
