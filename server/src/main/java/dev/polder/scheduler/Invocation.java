package dev.polder.scheduler;

import dev.polder.kernel.Digests;
import dev.polder.kernel.Scope;
import java.time.Instant;

/// One call of a schedule's target that is on record and not yet done.
///
/// @param id the same for all attempts, and for nothing else
/// @param time at which the schedule was due
/// @param attempt from 1
/// @param due when this attempt is to be made
record Invocation(
    String id,
    ScheduleName schedule,
    String incarnation,
    Target target,
    Instant time,
    int attempt,
    Instant due) {

  /// The first attempt for a due time.
  static Invocation first(Schedule schedule, Instant time, Instant now) {
    return new Invocation(
        id(schedule, time),
        schedule.name(),
        schedule.incarnation(),
        schedule.target(),
        time,
        1,
        now);
  }

  Invocation again(Instant later) {
    return new Invocation(id, schedule, incarnation, target, time, attempt + 1, later);
  }

  Scope scope() {
    return schedule.scope();
  }

  /// Follows from schedule and time, so that a target that knows idempotency tokens or unique names
  /// is not called twice when an attempt is repeated after a crash.
  private static String id(Schedule schedule, Instant time) {
    String hex =
        Digests.sha256Hex(schedule.name().arn() + "\n" + schedule.incarnation() + "\n" + time);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20, 32));
  }
}
