package dev.polder.glue;

import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A store that counts what scans read of it.
record CountingStore(Store store, AtomicLong read) implements Store {

  @Override
  public void commit(Batch batch) {
    store.commit(batch);
  }

  @Override
  public Snapshot snapshot() {
    return store.snapshot();
  }

  @Override
  public byte @Nullable [] get(Key key) {
    return store.get(key);
  }

  @Override
  public Scan scan(KeyRange range) {
    return counted(store.scan(range));
  }

  @Override
  public Scan scanReverse(KeyRange range) {
    return counted(store.scanReverse(range));
  }

  private Scan counted(Scan scan) {
    return new Scan() {
      @Override
      public boolean hasNext() {
        return scan.hasNext();
      }

      @Override
      public Entry next() {
        read.incrementAndGet();
        return scan.next();
      }

      @Override
      public void close() {
        scan.close();
      }
    };
  }

  @Override
  public void close() {}
}
