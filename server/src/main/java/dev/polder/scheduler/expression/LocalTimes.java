package dev.polder.scheduler.expression;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Local times where clocks are changed.
///
/// Where they go forward, the local times left out never come; where they go back, a local time
/// that comes twice counts the first time only.
///
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
final class LocalTimes {
  private LocalTimes() {}

  static Optional<Instant> instant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty() ? Optional.empty() : Optional.of(local.toInstant(offsets.getFirst()));
  }
}
