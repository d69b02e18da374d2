package dev.polder.dynamodb;

import dev.polder.dynamodb.ChangeRecord.Origin;
import dev.polder.kernel.Event;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The streams of all tables: records of changes, written in the same batch as the change, and kept
/// for a day.
final class Streams {
  /// How long a record can be read, and a stream once it is closed.
  static final Duration RETENTION = Duration.ofHours(24);

  static final String SOURCE = "aws.dynamodb";
  static final String DETAIL_TYPE = "DynamoDB Stream Records";

  // A stream is trimmed whenever it draws the number before one that this divides.
  private static final long TRIM_EVERY = 1 << 14;

  private final Platform platform;
  private final Store store;
  private final Sequences sequences;

  Streams(Platform platform) {
    this.platform = platform;
    this.store = platform.store();
    this.sequences = new Sequences(store);
  }

  /// The numbers that changes are given, of streams and of what tables remember.
  Sequences sequences() {
    return sequences;
  }

  /// Records on their way to the disk.
  ///
  /// @param first of their numbers, which follow one another
  record Appended(Table table, TableStream stream, long first, int count) {}

  /// A record and its sequence number.
  record Numbered(long number, ChangeRecord record) {}

  /// Puts the records of changes into the batch that makes them. To be followed by [#arrived] when
  /// the batch is on disk or has failed.
  ///
  /// @param changes of one table that has a stream, in their order; at least one
  Appended append(Batch batch, List<Outcome> changes, Origin origin) {
    Layout layout = changes.getFirst().layout();
    TableStream stream = Objects.requireNonNull(layout.table().openStream());
    Instant now = platform.time().instant();
    long first = sequences.draw(changes.size());
    int from = 0;
    while (from < changes.size()) {
      int to = ChangeGroup.end(changes, from);
      batch.put(
          layout.records().with(first + from),
          ChangeGroup.encode(changes.subList(from, to), stream.view(), origin, now));
      from = to;
    }
    return new Appended(layout.table(), stream, first, changes.size());
  }

  /// Notes that records are on disk, or never will be.
  void arrived(List<Appended> appended) {
    appended.forEach(each -> sequences.done(each.first()));
  }

  /// Tells who listens that streams have more records.
  void announce(List<Appended> appended) {
    for (Appended each : appended) {
      announce(each.table(), each.stream().arn(each.table()));
      if (each.first() / TRIM_EVERY != (each.first() + each.count()) / TRIM_EVERY) {
        platform.time().run("stream-trim", () -> trim(each));
      }
    }
  }

  private void trim(Appended appended) {
    Table table = appended.table();
    find(table.scope(), table.name(), appended.stream().label()).ifPresent(this::trim);
  }

  private void announce(Table table, String arn) {
    platform
        .events()
        .publish(
            new Event(
                platform.ids().uuid(),
                table.scope(),
                platform.time().instant(),
                SOURCE,
                DETAIL_TYPE,
                List.of(arn),
                Map.of("tableName", table.name())));
  }

  /// Makes a table's present stream known.
  void open(Batch batch, Table table, TableStream stream) {
    put(batch, StreamRecord.begin(table, stream, platform.time().instant(), sequences.next()));
  }

  /// Ends a table's present stream, which nobody writes to at this moment.
  void close(Batch batch, Table table, TableStream stream) {
    find(table.scope(), table.name(), stream.label())
        .ifPresent(open -> put(batch, open.closed(platform.time().instant(), sequences.next())));
  }

  private static void put(Batch batch, StreamRecord stream) {
    batch.put(Keys.stream(stream.scope(), stream.table(), stream.label()), stream.write());
  }

  /// The stream of this table and label, unless it ended more than a day ago.
  Optional<StreamRecord> find(Scope scope, String table, String label) {
    byte[] stored = store.get(Keys.stream(scope, table, label));
    return stored == null
        ? Optional.empty()
        : Optional.of(StreamRecord.read(scope, table, label, stored)).filter(this::isReadable);
  }

  private boolean isReadable(StreamRecord stream) {
    return stream.closed() == null || !stream.closed().isBefore(oldest());
  }

  /// Streams in the order of tables and labels.
  ///
  /// @param table only those of this one; null for all
  /// @param after begins after this table and label; null begins with the first
  /// @param most how many at most
  List<StreamRecord> list(Scope scope, @Nullable String table, @Nullable Key after, int most) {
    Key all = Keys.streams(scope);
    Key within = table == null ? all : all.with(table);
    KeyRange range = after == null ? KeyRange.prefix(within) : KeyRange.prefixAfter(within, after);
    List<StreamRecord> streams = new ArrayList<>();
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && streams.size() < most) {
        Scan.Entry entry = scan.next();
        var stream =
            StreamRecord.read(scope, entry.key().string(-2), entry.key().string(-1), entry.value());
        if (isReadable(stream)) {
          streams.add(stream);
        }
      }
    }
    return streams;
  }

  /// The number at which the records of a stream end for now: every lower one that will ever be
  /// there is there.
  long end(StreamRecord stream) {
    return stream.closed() == null ? sequences.horizon() : stream.last();
  }

  /// Readable records of a stream.
  ///
  /// @param from the first number
  /// @param end before this number
  List<Numbered> read(StreamRecord stream, long from, long end, int most, long bytes) {
    Key records = records(stream.scope(), stream.table(), stream.label());
    List<Numbered> read = new ArrayList<>();
    Instant oldest = oldest();
    long size = 0;
    // The number that is wanted first may be within a group that begins before it.
    var range = new KeyRange(records.with(from - ChangeGroup.MOST + 1), records.with(end));
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && read.size() < most && size < bytes) {
        Scan.Entry entry = scan.next();
        if (ChangeGroup.time(entry.value()).isBefore(oldest)) {
          continue;
        }
        long number = entry.key().number(-1);
        for (ChangeRecord record : ChangeGroup.decode(entry.value(), stream.key())) {
          if (number >= from && read.size() < most && size < bytes) {
            read.add(new Numbered(number, record));
            size += record.size();
          }
          number++;
        }
      }
    }
    return read;
  }

  /// True if records from this number on may have been there that are too old to be read by now.
  ///
  /// @param from a number that a reader has come to
  boolean isTrimmed(StreamRecord stream, long from) {
    if (from >= end(stream) || !stream.created().isBefore(oldest())) {
      return false;
    }
    Key records = records(stream.scope(), stream.table(), stream.label());
    try (Scan scan = store.scan(KeyRange.prefix(records))) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        if (!ChangeGroup.time(entry.value()).isBefore(oldest())) {
          return entry.key().number(-1) > from;
        }
      }
      return true;
    }
  }

  private Instant oldest() {
    return platform.time().instant().minus(RETENTION);
  }

  private static Key records(Scope scope, String table, String label) {
    return Keys.records(scope, table, label);
  }

  /// Removes what can no longer be read of every stream of an account and region.
  void trim(Scope scope) {
    Key all = Keys.streams(scope);
    List<StreamRecord> streams = new ArrayList<>();
    try (Scan scan = store.scan(KeyRange.prefix(all))) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        streams.add(
            StreamRecord.read(
                scope, entry.key().string(-2), entry.key().string(-1), entry.value()));
      }
    }
    streams.forEach(this::trim);
  }

  private void trim(StreamRecord stream) {
    Key records = records(stream.scope(), stream.table(), stream.label());
    if (!isReadable(stream)) {
      store.commit(
          new Batch()
              .delete(Keys.stream(stream.scope(), stream.table(), stream.label()))
              .deleteRange(KeyRange.prefix(records)));
      return;
    }
    ChangeGroup.trim(store, records, oldest());
  }
}
