package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes what older items lack after a change of their table: their entries in an index that was
/// added, their expiries where items did not expire before. Runs in the background; new and changed
/// items have theirs from the moment of the change. Work that a crash cuts off begins anew: an
/// entry that is made twice is the same entry.
final class Backfill {
  private static final int PAGE = 200;

  private final Store store;
  private final Background background;
  private final Tables tables;
  private final Writer writer;
  private final Expiry expiry;

  /// What older items lack.
  private sealed interface Lack {
    /// The entries of the index of this number.
    record Entries(long number) implements Lack {}

    /// Expiries by this attribute.
    record Expiries(String attribute) implements Lack {}
  }

  Backfill(Store store, Background background, Tables tables, Writer writer, Expiry expiry) {
    this.store = store;
    this.background = background;
    this.tables = tables;
    this.writer = writer;
    this.expiry = expiry;
  }

  /// True if a table has items that lack something.
  static boolean isNeeded(Table table) {
    return !lacks(table).isEmpty();
  }

  private static List<Lack> lacks(Table table) {
    List<Lack> lacks = new ArrayList<>();
    for (Index index : table.indexes()) {
      if (!index.filled()) {
        lacks.add(new Lack.Entries(index.number()));
      }
    }
    Table.TimeToLive timeToLive = table.timeToLive();
    if (timeToLive != null && !timeToLive.filled()) {
      lacks.add(new Lack.Expiries(timeToLive.attribute()));
    }
    return lacks;
  }

  /// Makes what a table's items lack.
  void begin(OpenTable table) {
    for (Lack lack : lacks(table.table())) {
      background.run("backfill", () -> fill(table, lack));
    }
  }

  private void fill(OpenTable table, Lack lack) {
    KeyRange rest = table.layout().items().all();
    while (!background.isClosing()) {
      List<Key> page = page(rest);
      if (page.isEmpty()) {
        finish(table, lack);
        return;
      }
      if (!fill(table, lack, page)) {
        return;
      }
      rest = KeyRange.behind(page.getLast(), rest.to());
    }
  }

  private List<Key> page(KeyRange range) {
    List<Key> page = new ArrayList<>(PAGE);
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && page.size() < PAGE) {
        page.add(scan.next().key());
      }
    }
    return page;
  }

  /// Makes what a page of items lacks as they are now. False if it is not wanted any more.
  private boolean fill(OpenTable table, Lack lack, List<Key> page) {
    try (var _ = table.enter()) {
      if (!isWanted(table, lack)) {
        return false;
      }
      try (var _ = writer.hold(page)) {
        var batch = new Batch();
        for (Key key : page) {
          byte[] stored = store.get(key);
          if (stored != null) {
            add(batch, table.layout(), lack, key, ItemEncoding.decode(stored));
          }
        }
        if (!batch.isEmpty()) {
          store.commit(batch);
        }
      }
      return true;
    }
  }

  private static boolean isWanted(OpenTable table, Lack lack) {
    return !table.isDropped() && lacks(table.table()).contains(lack);
  }

  private static void add(Batch batch, Layout layout, Lack lack, Key key, Item item) {
    switch (lack) {
      case Lack.Entries(var number) ->
          entries(layout, number).ifPresent(entries -> IndexEntries.fill(batch, entries, item));
      case Lack.Expiries _ ->
          layout
              .expires(item)
              .ifPresent(second -> batch.put(layout.expiry(second, key), new byte[0]));
    }
  }

  private static Optional<Layout.Entries> entries(Layout layout, long number) {
    return layout.indexes().stream()
        .filter(entries -> entries.index().number() == number)
        .findFirst();
  }

  private void finish(OpenTable table, Lack lack) {
    try (var _ = table.enterAlone()) {
      if (isWanted(table, lack)) {
        tables.replace(table, filled(table.table(), lack), new Batch());
      }
    }
    switch (lack) {
      case Lack.Entries _ -> table.statistics().recount();
      case Lack.Expiries _ -> expiry.schedule(table);
    }
  }

  private static Table filled(Table table, Lack lack) {
    return switch (lack) {
      case Lack.Entries(var number) ->
          table.withIndexes(
              table.attributes(),
              table.indexes().stream()
                  .map(index -> index.number() == number ? index.withFilled(true) : index)
                  .toList(),
              table.nextIndex());
      case Lack.Expiries(var attribute) ->
          table.withTimeToLive(new Table.TimeToLive(attribute, true));
    };
  }
}
