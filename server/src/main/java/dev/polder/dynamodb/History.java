package dev.polder.dynamodb;

import dev.polder.dynamodb.ChangeRecord.Origin;
import dev.polder.kernel.time.Time;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Reads;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// What items were before each change, of the tables that can be restored to earlier states.
/// Written in the same batch as the change.
///
/// The state at a moment is that of now, with every item that changed since as it was before the
/// first of those changes.
final class History {
  // A table's changes are trimmed whenever the number before one that this divides is drawn.
  private static final long TRIM_EVERY = 4096;
  // Numbers and times of changes of different items may be in different orders, by very little.
  private static final Duration SPREAD = Duration.ofMinutes(10);

  private final Store store;
  private final Time time;
  private final Sequences sequences;

  /// @param sequences rise with each change of an item
  History(Store store, Time time, Sequences sequences) {
    this.store = store;
    this.time = time;
    this.sequences = sequences;
  }

  /// Puts what items were into the batch that changes them.
  void add(Batch batch, List<Outcome> outcomes, Origin origin) {
    int from = 0;
    while (from < outcomes.size()) {
      int to = from;
      while (to < outcomes.size()
          && isRemembered(outcomes.get(to))
          && outcomes.get(to).layout() == outcomes.get(from).layout()) {
        to++;
      }
      if (to > from) {
        append(batch, outcomes.subList(from, to), origin);
      }
      from = Math.max(to, from + 1);
    }
  }

  private static boolean isRemembered(Outcome outcome) {
    return outcome.layout().table().recovery() != null && outcome.isChange();
  }

  private void append(Batch batch, List<Outcome> changes, Origin origin) {
    Table table = changes.getFirst().layout().table();
    Key all = Keys.history(table.scope(), table.id());
    Instant now = time.instant();
    long first = sequences.draw(changes.size());
    // Only readers of streams wait for numbers.
    sequences.done(first);
    int from = 0;
    while (from < changes.size()) {
      int to = ChangeGroup.end(changes, from);
      batch.put(
          all.with(first + from),
          ChangeGroup.encode(changes.subList(from, to), StreamView.OLD_IMAGE, origin, now));
      from = to;
    }
    if (first / TRIM_EVERY != (first + changes.size()) / TRIM_EVERY) {
      time.run("history-trim", () -> trim(table));
    }
  }

  /// Goes through the changes of a table after a moment, from the last to the first.
  static void since(Reads reads, Table table, Instant moment, Consumer<ChangeRecord> consumer) {
    Key all = Keys.history(table.scope(), table.id());
    Instant enough = moment.minus(SPREAD);
    try (Scan scan = reads.scanReverse(KeyRange.prefix(all))) {
      while (scan.hasNext()) {
        byte[] stored = scan.next().value();
        Instant made = ChangeGroup.time(stored);
        if (made.isBefore(enough)) {
          return;
        }
        if (made.isAfter(moment)) {
          ChangeGroup.decode(stored, table.key()).reversed().forEach(consumer);
        }
      }
    }
  }

  /// Forgets all changes of a table with the batch.
  static void forget(Batch batch, Table table) {
    batch.deleteRange(KeyRange.prefix(Keys.history(table.scope(), table.id())));
  }

  /// Forgets what is too old to be restored.
  void trim(Table table) {
    Table.Recovery recovery = table.recovery();
    if (recovery == null) {
      return;
    }
    Instant earliest = recovery.earliest(time.instant());
    Key all = Keys.history(table.scope(), table.id());
    ChangeGroup.trim(store, all, earliest);
  }
}
