package dev.polder.dynamodb;

import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/// A table in use. Changes of items go on together; a change of the table itself waits for them and
/// keeps later ones waiting, so that no item is written by an outdated definition.
final class OpenTable {
  private final StampedLock gate = new StampedLock();
  private final Statistics statistics;
  private volatile Layout layout;
  private volatile boolean dropped;
  private volatile @Nullable Runnable beforeChanges;

  OpenTable(Table table, Statistics statistics) {
    this.layout = Layout.of(table);
    this.statistics = statistics;
  }

  /// @param beforeChanges done once, before items are changed; until it succeeds, none is
  OpenTable(Table table, Statistics statistics, Runnable beforeChanges) {
    this(table, statistics);
    this.beforeChanges = beforeChanges;
  }

  /// The table as it is at this moment. Enough for reading.
  Layout layout() {
    return layout;
  }

  Table table() {
    return layout.table();
  }

  Statistics statistics() {
    return statistics;
  }

  boolean isDropped() {
    return dropped;
  }

  /// Keeps the table as it is until closed. To be entered by whoever changes items.
  Gate enter() {
    if (beforeChanges != null) {
      prepare();
    }
    long stamp = gate.readLock();
    return () -> gate.unlockRead(stamp);
  }

  /// As [#enter()], and keeps everybody else from changing items. To be entered by whoever changes
  /// items that are not known beforehand.
  Gate enterForAll() {
    if (beforeChanges != null) {
      prepare();
    }
    return enterAlone();
  }

  private synchronized void prepare() {
    Runnable first = beforeChanges;
    if (first != null) {
      first.run();
      beforeChanges = null;
    }
  }

  /// Keeps everybody from changing items until closed.
  Gate enterAlone() {
    long stamp = gate.writeLock();
    return () -> gate.unlockWrite(stamp);
  }

  /// Gives the table another definition. Only between [#enterAlone()] and its end.
  void become(Table table) {
    layout = Layout.of(table);
  }

  /// Marks the table as deleted. Only between [#enterAlone()] and its end.
  void drop() {
    dropped = true;
  }

  /// Ends when closed.
  interface Gate extends AutoCloseable {
    @Override
    void close();
  }
}
