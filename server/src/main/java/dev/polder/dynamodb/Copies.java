package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.List;

/// Copies of many items, made in many batches. What a copy has made so far is nobody's until its
/// last batch says whose it is; that of a copy which a crash cuts off is removed at the next start.
final class Copies {
  private static final int ENOUGH_BYTES = 1 << 20;
  private static final int ENOUGH_ITEMS = 1000;

  private final Store store;

  Copies(Store store) {
    this.store = store;
  }

  /// Begins a copy.
  ///
  /// @param id of this copy alone
  /// @param target above everything that it makes
  Copy begin(Scope scope, String id, Key target) {
    Key note = Keys.copies(scope).with(id);
    store.commit(new Batch().put(note, target.bytes()));
    return new Copy(note, target);
  }

  /// Removes what copies of an account and region left behind that were cut off.
  void sweep(Scope scope) {
    List<Scan.Entry> left;
    try (Scan scan = store.scan(KeyRange.prefix(Keys.copies(scope)))) {
      left = scan.stream().toList();
    }
    for (Scan.Entry entry : left) {
      Key target = Key.decode(entry.value());
      store.commit(new Batch().deleteRange(KeyRange.prefix(target)).delete(entry.key()));
    }
  }

  /// A copy that is being made, by one thread. Closed before it is finished, it leaves nothing.
  final class Copy implements AutoCloseable {
    private final Key note;
    private final Key target;
    private Batch batch = new Batch();
    private long batchItems;
    private long batchBytes;
    private long items;
    private long bytes;
    private boolean finished;

    private Copy(Key note, Key target) {
      this.note = note;
      this.target = target;
    }

    /// Adds an item as it is stored.
    void add(Space space, byte[] stored) {
      add(space, ItemEncoding.decode(stored), stored);
    }

    private void add(Space space, Item item, byte[] stored) {
      Key key = space.find(item);
      if (key == null) {
        throw new IllegalStateException("An item without its key below " + space.prefix());
      }
      put(key, stored);
      items++;
      bytes += ItemEncoding.size(stored);
    }

    /// Adds an item of a table with its entries in indexes.
    void add(Layout layout, byte[] stored) {
      Item item = ItemEncoding.decode(stored);
      add(layout.items(), item, stored);
      layout.indexes().forEach(entries -> IndexEntries.fill(batch, entries, item));
    }

    /// Notes something of an item where the item would be.
    void note(Space space, Item key, byte[] value) {
      Key at = space.find(key);
      if (at != null) {
        put(at, value);
      }
    }

    private void put(Key key, byte[] value) {
      batch.put(key, value);
      batchItems++;
      batchBytes += value.length;
      if (batchItems >= ENOUGH_ITEMS || batchBytes >= ENOUGH_BYTES) {
        flush();
      }
    }

    /// Writes what was added so far.
    void flush() {
      store.commit(batch);
      batch = new Batch();
      batchItems = 0;
      batchBytes = 0;
    }

    /// The items that were added.
    long items() {
      return items;
    }

    /// What the items count for.
    long bytes() {
      return bytes;
    }

    /// Writes what was added so far, and has the batch that makes the copy somebody's take it from
    /// those that are removed.
    void last(Batch makes) {
      flush();
      makes.delete(note);
    }

    /// Notes that the last batch is on disk.
    void finish() {
      finished = true;
    }

    @Override
    public void close() {
      if (!finished) {
        store.commit(new Batch().deleteRange(KeyRange.prefix(target)).delete(note));
      }
    }
  }
}
