package dev.polder.scheduler;

import dev.polder.scheduler.expression.Cron;
import dev.polder.scheduler.expression.ScheduleExpression;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A schedule.
///
/// @param incarnation differs between schedules of one name of which one was deleted
/// @param start no due time is before it
/// @param end no due time is after it
/// @param window within how many minutes after its due time an invocation may happen; 0 for none
/// @param deleteAfter whether the schedule goes once it has been due for the last time
/// @param clientToken that came with its creation
/// @param next when it is due next; null where it is not, or is disabled
record Schedule(
    ScheduleName name,
    String incarnation,
    @Nullable String description,
    String expression,
    String timezone,
    @Nullable Instant start,
    @Nullable Instant end,
    int window,
    boolean enabled,
    boolean deleteAfter,
    Target target,
    Instant created,
    Instant modified,
    @Nullable String clientToken,
    @Nullable Due next) {

  /// A time at which a schedule is due.
  ///
  /// @param time as the schedule says
  /// @param firing when the target is called: later by a part of the flexible window
  record Due(Instant time, Instant firing) {}

  /// This schedule, new or changed, with its first due time: a rate begins at once, and a time that
  /// is given to the second may be this one.
  Schedule begin() {
    return ScheduleExpression.parse(expression) instanceof Cron
        ? after(modified)
        : after(modified.minusNanos(1));
  }

  /// This schedule with its first due time after `after`.
  Schedule after(Instant after) {
    return with(enabled ? due(after).orElse(null) : null);
  }

  Schedule with(@Nullable Due due) {
    return new Schedule(
        name,
        incarnation,
        description,
        expression,
        timezone,
        start,
        end,
        window,
        enabled,
        deleteAfter,
        target,
        created,
        modified,
        clientToken,
        due);
  }

  /// The first due time after `after`, from start to end.
  Optional<Due> due(Instant after) {
    ScheduleExpression parsed = ScheduleExpression.parse(expression);
    boolean once = parsed instanceof ScheduleExpression.At;
    // A rate begins at its start date, or at once; a one-time schedule knows no start and no end.
    Instant anchor = start == null ? modified : start;
    Instant from = once || start == null || !start.isAfter(after) ? after : start.minusNanos(1);
    return parsed
        .next(from, anchor, ZoneId.of(timezone))
        .filter(time -> once || end == null || !time.isAfter(end))
        .map(time -> new Due(time, time.plusSeconds(offset(time))));
  }

  /// Where within the flexible window a due time falls: anywhere, but for one due time always the
  /// same, so that a restart does not move it.
  private long offset(Instant time) {
    if (window == 0) {
      return 0;
    }
    var hash = new CRC32();
    hash.update((incarnation + time).getBytes(StandardCharsets.UTF_8));
    return hash.getValue() % (window * 60L);
  }
}
