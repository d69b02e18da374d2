package dev.polder.logs;

import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Groups, streams and events of one account and region on disk.
///
/// Events are kept by stream and time; beside them stands what streams have at which time, so that
/// a group can be read in the order of time and old events can be found.
record LogStore(Store store, Scope scope) {
  private static final int ATTEMPTS = 100;
  private static final int REMOVED_AT_ONCE = 1000;

  private Key in(String kind) {
    return Key.of("logs", scope.account(), scope.region(), kind);
  }

  private Key groupKey(String group) {
    return in("group").with(group);
  }

  private Key streams(String group) {
    return in("stream").with(group);
  }

  private Key events(String group, String stream) {
    return in("event").with(group).with(stream);
  }

  private Key times(String group) {
    return in("time").with(group);
  }

  Optional<LogGroup> group(String name) {
    byte[] stored = store.get(groupKey(name));
    return stored == null ? Optional.empty() : Optional.of(LogGroup.read(name, stored));
  }

  LogGroup existing(String name) {
    return group(name).orElseThrow(LogsErrors::noGroup);
  }

  void create(LogGroup group) {
    Key key = groupKey(group.name());
    if (!store.tryCommit(new Batch().require(key, null).put(key, group.written()))) {
      throw LogsErrors.groupExists();
    }
  }

  /// Changes a group, whatever others change meanwhile.
  void change(String name, UnaryOperator<LogGroup> change) {
    for (int i = 0; i < ATTEMPTS; i++) {
      byte[] stored = store.get(groupKey(name));
      if (stored == null) {
        throw LogsErrors.noGroup();
      }
      byte[] next = change.apply(LogGroup.read(name, stored)).written();
      if (store.tryCommit(new Batch().require(groupKey(name), stored).put(groupKey(name), next))) {
        return;
      }
    }
    throw LogsErrors.aborted();
  }

  void remove(LogGroup group) {
    store.commit(
        new Batch()
            .delete(groupKey(group.name()))
            .deleteRange(KeyRange.prefix(streams(group.name())))
            .deleteRange(KeyRange.prefix(in("event").with(group.name())))
            .deleteRange(KeyRange.prefix(times(group.name()))));
  }

  /// Walks the groups by name, from behind a name; until false is answered.
  void groups(@Nullable String after, Predicate<LogGroup> more) {
    Key all = in("group");
    walk(all, after, entry -> more.test(LogGroup.read(entry.key().string(-1), entry.value())));
  }

  /// Walks the streams of a group by name, from behind a name; until false is answered.
  void streams(String group, @Nullable String after, Predicate<LogStream> more) {
    walk(
        streams(group),
        after,
        entry -> more.test(LogStream.read(entry.key().string(-1), entry.value())));
  }

  private void walk(Key prefix, @Nullable String after, Predicate<Scan.Entry> more) {
    KeyRange range =
        after == null ? KeyRange.prefix(prefix) : KeyRange.prefixAfter(prefix, prefix.with(after));
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext()) {
        if (!more.test(scan.next())) {
          return;
        }
      }
    }
  }

  LogStream stream(String group, String name) {
    byte[] stored = store.get(streams(group).with(name));
    if (stored == null) {
      throw LogsErrors.noStream();
    }
    return LogStream.read(name, stored);
  }

  void create(LogGroup group, LogStream stream) {
    Key key = streams(group.name()).with(stream.name());
    for (int i = 0; i < ATTEMPTS; i++) {
      byte[] present = store.get(groupKey(group.name()));
      if (present == null) {
        throw LogsErrors.noGroup();
      }
      if (store.get(key) != null) {
        throw LogsErrors.streamExists();
      }
      if (store.tryCommit(
          new Batch()
              .require(groupKey(group.name()), present)
              .require(key, null)
              .put(key, stream.written()))) {
        return;
      }
    }
    throw LogsErrors.aborted();
  }

  void remove(String group, LogStream stream) {
    removeEvents(group, stream.name(), Long.MIN_VALUE, Long.MAX_VALUE);
    store.commit(new Batch().delete(streams(group).with(stream.name())));
  }

  /// Adds events to a stream, all or none.
  void put(String group, String name, List<LogEvent> events, long now) {
    Key key = streams(group).with(name);
    for (int i = 0; i < ATTEMPTS; i++) {
      byte[] stored = store.get(key);
      if (stored == null) {
        throw LogsErrors.noStream();
      }
      long first = events.stream().mapToLong(LogEvent::time).min().orElse(now);
      long last = events.stream().mapToLong(LogEvent::time).max().orElse(now);
      long bytes = events.stream().mapToLong(e -> LogEvent.size(e.message())).sum();
      LogStream changed = LogStream.read(name, stored).with(first, last, now, bytes);
      Batch batch = new Batch().require(key, stored).put(key, changed.written());
      for (LogEvent event : events) {
        batch.put(events(group, name).with(event.time()).with(event.order()), event.written());
        batch.put(times(group).with(event.time()).with(event.order()).with(name), new byte[0]);
      }
      if (store.tryCommit(batch)) {
        return;
      }
    }
    throw LogsErrors.aborted();
  }

  /// A place among events.
  record Place(long time, long order) {}

  /// Walks the events of a stream from a time to before another; until false is answered.
  ///
  /// @param beside goes on from behind this one, or in reverse from before it
  void events(
      String group,
      String stream,
      long from,
      long to,
      @Nullable Place beside,
      boolean reverse,
      Predicate<LogEvent> more) {
    Key prefix = events(group, stream);
    Key start = prefix.with(from);
    Key end = prefix.with(to);
    if (beside != null && reverse) {
      end = prefix.with(beside.time()).with(beside.order());
    } else if (beside != null) {
      start = prefix.with(beside.time()).with(beside.order() + 1);
    }
    if (start.compareTo(end) >= 0) {
      return;
    }
    KeyRange range = new KeyRange(start, end);
    try (Scan scan = reverse ? store.scanReverse(range) : store.scan(range)) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        if (!more.test(read(stream, entry))) {
          return;
        }
      }
    }
  }

  private static LogEvent read(String stream, Scan.Entry entry) {
    return LogEvent.read(stream, entry.key().number(-2), entry.key().number(-1), entry.value());
  }

  /// Walks the events of a group in the order of time; until false is answered.
  ///
  /// @param after goes on from behind this one, or null
  /// @param wanted which streams are read
  void events(
      String group,
      long from,
      long to,
      @Nullable Place after,
      Predicate<String> wanted,
      Predicate<LogEvent> more) {
    Key prefix = times(group);
    Key start =
        after == null ? prefix.with(from) : prefix.with(after.time()).with(after.order() + 1);
    Key end = prefix.with(to);
    if (start.compareTo(end) >= 0) {
      return;
    }
    try (Scan scan = store.scan(new KeyRange(start, end))) {
      while (scan.hasNext()) {
        Key key = scan.next().key();
        String stream = key.string(-1);
        if (!wanted.test(stream)) {
          continue;
        }
        long time = key.number(-3);
        long order = key.number(-2);
        byte[] stored = store.get(events(group, stream).with(time).with(order));
        if (stored != null && !more.test(LogEvent.read(stream, time, order, stored))) {
          return;
        }
      }
    }
  }

  /// Removes the events of a group that are older than a time.
  void forget(String group, long before) {
    removeEvents(group, null, Long.MIN_VALUE, before);
  }

  // A few at a time, so that no batch grows with what is removed.
  private void removeEvents(String group, @Nullable String stream, long from, long before) {
    Key prefix = times(group);
    try (Scan scan = store.scan(new KeyRange(prefix.with(from), prefix.with(before)))) {
      Batch batch = new Batch();
      int size = 0;
      while (scan.hasNext()) {
        Key key = scan.next().key();
        String name = key.string(-1);
        if (stream != null && !stream.equals(name)) {
          continue;
        }
        batch.delete(key);
        batch.delete(events(group, name).with(key.number(-3)).with(key.number(-2)));
        if (++size % REMOVED_AT_ONCE == 0) {
          store.commit(batch);
          batch = new Batch();
        }
      }
      if (!batch.isEmpty()) {
        store.commit(batch);
      }
    }
  }
}
