package dev.polder.glue;

import dev.polder.store.ForwardingStore;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.concurrent.atomic.AtomicLong;

/// A store that counts what scans read of it. It leaves the other one open.
final class CountingStore extends ForwardingStore {
  private final AtomicLong read;

  CountingStore(Store store, AtomicLong read) {
    super(store);
    this.read = read;
  }

  @Override
  public Scan scan(KeyRange range) {
    return counted(super.scan(range));
  }

  @Override
  public Scan scanReverse(KeyRange range) {
    return counted(super.scanReverse(range));
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
