package dev.polder.store;

/// The store as it was at one moment. Holds resources until closed.
public interface Snapshot extends Reads, AutoCloseable {
  @Override
  void close();
}
