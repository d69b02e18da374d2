package dev.polder.scheduler;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.time.Time;
import dev.polder.scheduler.Schedules.Attempt;
import dev.polder.scheduler.Schedules.DueEntry;
import dev.polder.scheduler.Schedules.Found;
import dev.polder.scheduler.Schedules.Tick;
import dev.polder.scheduler.TargetCaller.Done;
import dev.polder.scheduler.TargetCaller.Failed;
import dev.polder.store.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Fires schedules. A firing is on record, together with the schedule's next due time, before the
/// target is called, and stays so until the call is done: a crash in between repeats the call under
/// the same id.
///
/// Due times that passed while the process was down, or could not run, are one: the last of them
/// fires, if it is not older than its target allows.
final class Dispatcher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  // Scheduler's own precision: what is this late has been missed where a later time is due too.
  private static final Duration PRECISION = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int AT_ONCE = 64;

  private final Schedules schedules;
  private final TargetCaller caller;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<String> calling = new HashSet<>();
  private Time.@Nullable Timer timer;
  private @Nullable Instant armed;
  private boolean closed;

  Dispatcher(Schedules schedules, TargetCaller caller, Time time) {
    this.schedules = schedules;
    this.caller = caller;
    this.time = time;
  }

  /// Looks at what is due. To be called after every change to it.
  void wake() {
    lock.lock();
    try (var _ = time.work()) {
      if (!closed) {
        arm(pass());
      }
    } finally {
      lock.unlock();
    }
  }

  private void expired() {
    lock.lock();
    try {
      timer = null;
      armed = null;
    } finally {
      lock.unlock();
    }
    wake();
  }

  /// Takes up everything that is due, as far as there is room for more calls.
  ///
  /// @return the time up to which it has looked
  private Instant pass() {
    while (true) {
      Instant now = time.instant();
      List<DueEntry> due = due(now);
      if (due.isEmpty()) {
        return now;
      }
      for (DueEntry entry : due) {
        switch (entry) {
          case Tick tick -> fire(tick);
          case Attempt attempt -> call(attempt.invocation());
        }
      }
    }
  }

  /// What is due and not in hand, a bounded number of entries at a time.
  private List<DueEntry> due(Instant now) {
    int room = AT_ONCE - calling.size();
    try (var entries = schedules.due()) {
      return entries
          .takeWhile(entry -> !entry.at().isAfter(now))
          .filter(entry -> !isInHand(entry))
          .limit(Math.max(room, 0))
          .toList();
    }
  }

  private boolean isInHand(DueEntry entry) {
    return entry instanceof Attempt attempt && calling.contains(attempt.invocation().id());
  }

  /// Sets the timer to the first entry that was not yet due at the last look, though it may be by
  /// now. What was due and waits for room is looked at when a call ends.
  private void arm(Instant looked) {
    Optional<Instant> next;
    try (var entries = schedules.due()) {
      next = entries.map(DueEntry::at).filter(at -> at.isAfter(looked)).findFirst();
    }
    if (timer != null && next.isPresent() && next.get().equals(armed)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    armed = next.orElse(null);
    timer = next.map(at -> time.at(at, this::expired)).orElse(null);
  }

  private void fire(Tick tick) {
    Instant now = time.instant();
    Found<Schedule> found = schedules.find(tick.schedule()).orElse(null);
    Schedule.Due due = found == null ? null : found.value().next();
    if (found == null || due == null || due.firing().isAfter(now)) {
      return;
    }
    Schedule schedule = found.value();
    Optional<Schedule.Due> last = last(schedule, due, now);
    Schedule after =
        last.isPresent()
            ? schedule.after(last.get().time())
            : schedule.after(oldest(schedule, now));
    var batch = new Batch();
    if (last.isPresent()) {
      schedules.put(batch, Invocation.first(schedule, last.get().time(), now));
    } else {
      LOG.log(WARNING, "{0}, due at {1}, is too late", schedule.name().arn(), due.time());
    }
    boolean over = last.isEmpty() && after.next() == null && schedule.deleteAfter();
    schedules.replace(batch, found, over ? null : after);
    // If it changed at this moment, the next look sees what it has become.
    if (!schedules.tryCommit(batch)) {
      LOG.log(DEBUG, "{0} changed while it fired", schedule.name().arn());
    }
  }

  /// The due time to fire for: the last that has been missed, or the first where none has been.
  /// Empty where all that were missed are too old.
  private static Optional<Schedule.Due> last(Schedule schedule, Schedule.Due first, Instant now) {
    Instant oldest = oldest(schedule, now);
    Optional<Schedule.Due> last =
        first.time().isBefore(oldest)
            ? schedule.due(oldest).filter(due -> !due.firing().isAfter(now))
            : Optional.of(first);
    Instant missed = now.minus(PRECISION);
    for (var due = last; due.isPresent() && !due.get().firing().isAfter(missed); ) {
      last = due;
      due = schedule.due(due.get().time());
    }
    return last;
  }

  private static Instant oldest(Schedule schedule, Instant now) {
    return now.minusSeconds(schedule.target().maximumAge());
  }

  private void call(Invocation invocation) {
    calling.add(invocation.id());
    time.run("schedule " + invocation.schedule().name(), () -> attempt(invocation));
  }

  private void attempt(Invocation invocation) {
    try {
      TargetCaller.Outcome outcome;
      try {
        outcome = caller.call(invocation);
      } catch (RuntimeException | Error e) {
        LOG.log(ERROR, "The call of " + invocation.schedule().arn() + " failed on a defect", e);
        outcome = new Failed("InternalFailure", String.valueOf(e.getMessage()), false);
      }
      record(invocation, outcome);
    } finally {
      lock.lock();
      try {
        calling.remove(invocation.id());
        ended.signalAll();
      } finally {
        lock.unlock();
      }
      wake();
    }
  }

  private void record(Invocation invocation, TargetCaller.Outcome outcome) {
    var batch = schedules.delete(new Batch(), invocation);
    switch (outcome) {
      case Done _ -> finish(invocation, batch);
      case Failed failed -> {
        Instant later = time.instant().plus(pause(invocation.attempt()));
        if (failed.again() && mayRepeat(invocation, later)) {
          schedules.commit(schedules.put(batch, invocation.again(later)));
        } else {
          giveUp(invocation, failed);
          finish(invocation, batch);
        }
      }
    }
  }

  private boolean mayRepeat(Invocation invocation, Instant later) {
    Target target = invocation.target();
    return invocation.attempt() <= target.maximumRetries()
        && !later.isAfter(invocation.time().plusSeconds(target.maximumAge()))
        && schedules
            .find(invocation.schedule())
            .filter(found -> found.value().incarnation().equals(invocation.incarnation()))
            .isPresent();
  }

  /// Twice as long each time, from one second to ten minutes.
  private static Duration pause(int attempt) {
    Duration pause = Duration.ofSeconds(1L << Math.min(attempt - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void giveUp(Invocation invocation, Failed failed) {
    String queue = invocation.target().deadLetterArn();
    LOG.log(
        WARNING,
        "{0}, due at {1}, was not delivered after {2} attempts: {3} {4}",
        invocation.schedule().arn(),
        invocation.time(),
        invocation.attempt(),
        failed.code(),
        failed.message());
    if (queue != null && caller.deadLetter(invocation, queue, failed) instanceof Failed again) {
      LOG.log(ERROR, "The dead-letter queue {0} refused it: {1}", queue, again.message());
    }
  }

  /// Takes the invocation off the record, and the schedule with it where this was its last.
  private void finish(Invocation invocation, Batch batch) {
    Found<Schedule> found =
        schedules
            .find(invocation.schedule())
            .filter(f -> f.value().incarnation().equals(invocation.incarnation()))
            .filter(f -> f.value().deleteAfter())
            .filter(f -> f.value().enabled() && f.value().next() == null)
            .orElse(null);
    if (!schedules.tryCommit(found == null ? batch : schedules.replace(batch, found, null))) {
      schedules.commit(schedules.delete(new Batch(), invocation));
    }
  }

  /// Fires no more, and waits a little for the calls in hand. Those that do not end are repeated
  /// after the next start.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (timer != null) {
        timer.cancel();
      }
      for (long left = GRACE.toNanos(); left > 0 && !calling.isEmpty(); ) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
