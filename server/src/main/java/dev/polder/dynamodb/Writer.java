package dev.polder.dynamodb;

import dev.polder.dynamodb.ChangeRecord.Origin;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Changes items: one, or several together or not at all. An item is read, judged and written while
/// it is locked; its index entries, its expiry and its stream record are in the same batch. Returns
/// once all of it is on disk.
final class Writer {
  private final Store store;
  private final RecentItems recent;
  private final Streams streams;
  private final History history;
  private final ItemLocks locks = new ItemLocks();
  private final Expiries expiries;

  /// Who must know when items expire.
  @FunctionalInterface
  interface Expiries {
    /// An item of a table is to expire at this second since 1970.
    void due(OpenTable table, long second);
  }

  /// What else belongs to changes that are made together.
  interface Together {
    /// Changes that need nothing else.
    Together PLAIN = new Together() {};

    /// Tables of which nobody else may change an item meanwhile.
    default Set<OpenTable> alone() {
      return Set.of();
    }

    /// Deletions of items of those tables, which are not known beforehand.
    default List<Sweep.Findings> sweep(Store store) {
      return List.of();
    }

    /// Locks the items, and whatever else must not change meanwhile.
    default ItemLocks.Held hold(ItemLocks locks, List<Key> items) {
      return items.size() == 1 ? locks.hold(items.getFirst()) : locks.hold(items);
    }

    /// Throws if nothing may be changed after all, now that all changes have been worked out.
    default void decide() {}

    /// Adds what is to be written with the changes.
    default void add(Batch batch) {}
  }

  Writer(Store store, RecentItems recent, Streams streams, History history, Expiries expiries) {
    this.store = store;
    this.recent = recent;
    this.streams = streams;
    this.history = history;
    this.expiries = expiries;
  }

  /// Changes one item.
  Outcome write(Step step) {
    return write(List.of(step), Together.PLAIN, Origin.CLIENT).getFirst();
  }

  /// Changes items together.
  ///
  /// @param given of different items
  List<Outcome> write(List<Step> given, Together together, Origin origin) {
    var gates = new ArrayList<OpenTable.Gate>(1);
    var appended = new ArrayList<Streams.Appended>(0);
    List<Outcome> outcomes;
    try {
      enter(given, together.alone(), gates);
      List<Key> keys =
          given.size() == 1
              ? List.of(given.getFirst().key())
              : given.stream().map(Step::key).toList();
      try (var _ = together.hold(locks, keys)) {
        List<Sweep.Findings> swept = together.sweep(store);
        List<Step> steps = swept.isEmpty() ? given : all(given, swept);
        outcomes = apply(steps);
        together.decide();
        var batch = new Batch();
        swept.stream()
            .map(Sweep.Findings::emptied)
            .filter(Objects::nonNull)
            .forEach(batch::deleteRange);
        commit(batch, steps, outcomes, together, origin, appended);
      }
    } finally {
      streams.arrived(appended);
      gates.forEach(OpenTable.Gate::close);
    }
    streams.announce(appended);
    return outcomes;
  }

  /// Locks items of a table that the caller keeps as it is, for work that is not a change of items.
  ItemLocks.Held hold(List<Key> items) {
    return locks.hold(items);
  }

  private static List<Step> all(List<Step> given, List<Sweep.Findings> swept) {
    List<Step> all = new ArrayList<>(given);
    swept.forEach(each -> all.addAll(each.steps()));
    return all;
  }

  // In one order, so that nobody waits in a circle.
  private static void enter(List<Step> steps, Set<OpenTable> alone, List<OpenTable.Gate> gates) {
    if (steps.size() == 1 && alone.isEmpty()) {
      enter(steps.getFirst().table(), false, gates);
      return;
    }
    var tables = new TreeMap<String, OpenTable>();
    for (Step step : steps) {
      tables.put(step.table().table().id(), step.table());
    }
    for (OpenTable table : alone) {
      tables.put(table.table().id(), table);
    }
    for (OpenTable table : tables.values()) {
      enter(table, alone.contains(table), gates);
    }
  }

  private static void enter(OpenTable table, boolean alone, List<OpenTable.Gate> gates) {
    gates.add(alone ? table.enterForAll() : table.enter());
    if (table.isDropped()) {
      throw DynamoDbErrors.noResource();
    }
  }

  private List<Outcome> apply(List<Step> steps) {
    List<Outcome> outcomes = new ArrayList<>(steps.size());
    for (Step step : steps) {
      Layout layout = step.table().layout();
      Step.Found found = step.found();
      outcomes.add(
          found == null
              ? Outcome.of(layout, stored(step.key()), step.change())
              : Outcome.ofDeletion(layout, found.stored()));
    }
    return outcomes;
  }

  private byte @Nullable [] stored(Key item) {
    byte[] known = recent.find(item);
    return known == null ? store.get(item) : known;
  }

  private void commit(
      Batch batch,
      List<Step> steps,
      List<Outcome> outcomes,
      Together together,
      Origin origin,
      List<Streams.Appended> appended) {
    List<Statistics.Growth> growth = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (outcomes.get(i).isChange()) {
        put(batch, steps.get(i), outcomes.get(i), growth);
      }
    }
    record(batch, outcomes, origin, appended);
    history.add(batch, outcomes, origin);
    together.add(batch);
    if (!batch.isEmpty()) {
      try {
        store.commit(batch);
      } finally {
        steps.forEach(step -> recent.changed(step.key()));
      }
      growth.forEach(Statistics.Growth::apply);
      for (int i = 0; i < steps.size(); i++) {
        expire(steps.get(i).table(), outcomes.get(i));
      }
    }
  }

  // Neighbours of one table are recorded together.
  private void record(
      Batch batch, List<Outcome> outcomes, Origin origin, List<Streams.Appended> appended) {
    List<Outcome> run = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.isChange() && outcome.layout().table().openStream() != null) {
        if (!run.isEmpty() && run.getLast().layout() != outcome.layout()) {
          appended.add(streams.append(batch, run, origin));
          run = new ArrayList<>();
        }
        run.add(outcome);
      }
    }
    if (!run.isEmpty()) {
      appended.add(streams.append(batch, run, origin));
    }
  }

  private static void put(Batch batch, Step step, Outcome outcome, List<Statistics.Growth> growth) {
    Layout layout = outcome.layout();
    byte[] stored = outcome.storedAfter();
    if (stored != null) {
      batch.put(step.key(), stored);
    } else if (!step.isEmptied(layout.items())) {
      batch.delete(step.key());
    }
    Statistics statistics = step.table().statistics();
    growth.add(
        new Statistics.Growth(
            statistics.items(), outcome.growth(), outcome.sizeAfter() - outcome.sizeBefore()));
    for (Layout.Entries entries : layout.indexes()) {
      Statistics.Tally tally = statistics.of(entries.index().number());
      growth.add(
          step.isEmptied(entries.space())
              ? IndexEntries.deletion(entries, outcome, tally)
              : IndexEntries.change(batch, entries, outcome, tally));
    }
    if (layout.table().timeToLive() != null) {
      expiry(
          batch,
          layout,
          step.key(),
          layout.expires(outcome.before()),
          layout.expires(outcome.after()));
    }
  }

  private static void expiry(
      Batch batch, Layout layout, Key key, OptionalLong before, OptionalLong after) {
    if (!before.equals(after)) {
      before.ifPresent(second -> batch.delete(layout.expiry(second, key)));
      after.ifPresent(second -> batch.put(layout.expiry(second, key), new byte[0]));
    }
  }

  private void expire(OpenTable table, Outcome outcome) {
    outcome.layout().expires(outcome.after()).ifPresent(second -> expiries.due(table, second));
  }
}
