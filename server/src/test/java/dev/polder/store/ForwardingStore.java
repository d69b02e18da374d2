package dev.polder.store;

import org.jspecify.annotations.Nullable;

/// A store on top of another, for tests that change one thing about it.
public abstract class ForwardingStore implements Store {
  protected final Store store;

  protected ForwardingStore(Store store) {
    this.store = store;
  }

  @Override
  public void commit(Batch batch) {
    store.commit(batch);
  }

  @Override
  public byte @Nullable [] get(Key key) {
    return store.get(key);
  }

  @Override
  public Scan scan(KeyRange range) {
    return store.scan(range);
  }

  @Override
  public Scan scanReverse(KeyRange range) {
    return store.scanReverse(range);
  }

  @Override
  public Snapshot snapshot() {
    return store.snapshot();
  }

  @Override
  public void close() {
    store.close();
  }
}
