package dev.polder.dynamodb;

import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Counts the items of tables whose statistics are not known, because the process did not end in
/// good order, or an index was filled. Whoever asks waits a second for it and takes what is counted
/// by then.
final class Counting {
  private static final long PATIENCE_SECONDS = 1;

  private final Store store;
  private final Background background;

  Counting(Store store, Background background) {
    this.store = store;
    this.background = background;
  }

  /// Sees to it that a table's statistics are known, or soon will be.
  void ensure(OpenTable table) {
    if (table.statistics().isKnown()) {
      return;
    }
    Snapshot snapshot;
    try (var _ = table.enterAlone()) {
      if (table.statistics().isKnown() || table.isDropped()) {
        return;
      }
      snapshot = store.snapshot();
      table.statistics().begin();
    }
    var counted = new CountDownLatch(1);
    background.run(
        "table-count",
        () -> {
          try (snapshot) {
            count(table, snapshot);
          } finally {
            counted.countDown();
          }
        });
    await(counted);
  }

  private static void await(CountDownLatch counted) {
    try {
      boolean _ = counted.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(OpenTable table, Snapshot snapshot) {
    Layout layout = table.layout();
    count(table.statistics().items(), layout.items(), snapshot);
    for (Layout.Entries entries : layout.indexes()) {
      count(table.statistics().of(entries.index().number()), entries.space(), snapshot);
    }
    if (background.isClosing()) {
      table.statistics().recount();
    }
  }

  private void count(Statistics.Tally tally, Space space, Snapshot snapshot) {
    try (Scan scan = snapshot.scan(space.all())) {
      while (scan.hasNext() && !background.isClosing()) {
        tally.add(1, ItemEncoding.size(scan.next().value()));
      }
    }
  }
}
