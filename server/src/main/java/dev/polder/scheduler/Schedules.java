package dev.polder.scheduler;

import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Schedules, groups and what is due, in the store.
///
/// What is due is one range of keys in the order of time over all scopes, so that one timer serves
/// them all and a restart looks at its first key only: for each enabled schedule its next due time,
/// and for each invocation in hand its next attempt.
final class Schedules {
  private static final String SERVICE = "scheduler";
  private static final String SCHEDULE = "schedule";
  private static final String GROUP = "group";
  private static final Key DUE = Key.of(SERVICE, "due");
  private static final String TICK = "tick";
  private static final String CALL = "call";

  private final Store store;

  Schedules(Store store) {
    this.store = store;
  }

  /// A record and the bytes that a batch can require.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Found<T>(T value, byte[] bytes) {}

  /// Something that is due.
  sealed interface DueEntry {
    Instant at();
  }

  /// A schedule's own time.
  record Tick(Instant at, ScheduleName schedule) implements DueEntry {}

  /// An attempt to call a target.
  record Attempt(Instant at, Invocation invocation) implements DueEntry {}

  void commit(Batch batch) {
    store.commit(batch);
  }

  /// As [#commit]; false, and nothing is changed, if something required did not hold.
  boolean tryCommit(Batch batch) {
    return store.tryCommit(batch);
  }

  static Key key(ScheduleName name) {
    return schedulesOf(name.scope(), name.group()).with(name.name());
  }

  private static Key schedulesOf(Scope scope, String group) {
    return schedulesOf(scope).with(group);
  }

  private static Key schedulesOf(Scope scope) {
    return Key.of(SERVICE, scope.account(), scope.region(), SCHEDULE);
  }

  private static Key groupsOf(Scope scope) {
    return Key.of(SERVICE, scope.account(), scope.region(), GROUP);
  }

  static Key groupKey(Scope scope, String group) {
    return groupsOf(scope).with(group);
  }

  Optional<Found<Schedule>> find(ScheduleName name) {
    byte[] bytes = store.get(key(name));
    return bytes == null
        ? Optional.empty()
        : Optional.of(new Found<>(Records.schedule(bytes), bytes));
  }

  Optional<Found<ScheduleGroup>> findGroup(Scope scope, String name) {
    byte[] bytes = store.get(groupKey(scope, name));
    return bytes == null ? Optional.empty() : Optional.of(new Found<>(Records.group(bytes), bytes));
  }

  /// Schedules in the order of group and name, after a schedule if one is given. To be closed.
  ///
  /// @param group null for all
  Stream<Schedule> list(Scope scope, @Nullable String group, @Nullable ScheduleName after) {
    Key prefix = group == null ? schedulesOf(scope) : schedulesOf(scope, group);
    KeyRange range =
        after == null ? KeyRange.prefix(prefix) : KeyRange.prefixAfter(prefix, key(after));
    return store.scan(range).stream().map(entry -> Records.schedule(entry.value()));
  }

  /// Groups in the order of their names, after a group if one is given. To be closed.
  Stream<ScheduleGroup> listGroups(Scope scope, @Nullable String after) {
    Key prefix = groupsOf(scope);
    KeyRange range =
        after == null
            ? KeyRange.prefix(prefix)
            : KeyRange.prefixAfter(prefix, groupKey(scope, after));
    return store.scan(range).stream().map(entry -> Records.group(entry.value()));
  }

  /// Puts a schedule in the place of what is known of it, its due time included.
  Batch replace(Batch batch, @Nullable Found<Schedule> old, @Nullable Schedule changed) {
    ScheduleName name =
        changed != null ? changed.name() : Objects.requireNonNull(old).value().name();
    batch.require(key(name), old == null ? null : old.bytes());
    if (old != null && old.value().next() != null) {
      batch.delete(tick(name, old.value().next()));
    }
    if (changed == null) {
      return batch.delete(key(name));
    }
    if (changed.next() != null) {
      batch.put(tick(name, changed.next()), new byte[0]);
    }
    return batch.put(key(name), Records.write(changed));
  }

  Batch put(Batch batch, Invocation invocation) {
    return batch.put(call(invocation), Records.write(invocation));
  }

  Batch delete(Batch batch, Invocation invocation) {
    return batch.delete(call(invocation));
  }

  private static Key tick(ScheduleName name, Schedule.Due due) {
    return DUE.with(due.firing().toEpochMilli())
        .with(TICK)
        .with(name.scope().account())
        .with(name.scope().region())
        .with(name.group())
        .with(name.name());
  }

  private static Key call(Invocation invocation) {
    return DUE.with(invocation.due().toEpochMilli()).with(CALL).with(invocation.id());
  }

  /// What is due, in the order of time. To be closed.
  Stream<DueEntry> due() {
    return store.scan(KeyRange.prefix(DUE)).stream().map(Schedules::entry);
  }

  private static DueEntry entry(Scan.Entry entry) {
    var parts = entry.key().parts();
    Instant at = Instant.ofEpochMilli((Long) parts.get(2));
    if (parts.get(3).equals(CALL)) {
      return new Attempt(at, Records.invocation(entry.value()));
    }
    var scope = new Scope((String) parts.get(4), (String) parts.get(5));
    return new Tick(at, new ScheduleName(scope, (String) parts.get(6), (String) parts.get(7)));
  }
}
