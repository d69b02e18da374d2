package dev.polder.store;

/// An ordered keyspace on disk.
///
/// Every implementation passes the same contract suite. All methods may be called by any thread.
public interface Store extends Reads, AutoCloseable {

  /// Applies a batch and returns once it is on disk: after a crash at any later moment it is there.
  /// Batches take effect one after the other; commits of many threads share their writes to disk.
  /// Readers may see a batch shortly before it is on disk; nothing written after it can be on disk
  /// without it.
  ///
  /// @throws ConflictException if something required did not hold
  /// @throws java.io.UncheckedIOException if the disk refuses; nothing of the batch is visible
  ///   then, unless it was taken and could not be made durable: then the next start knows
  void commit(Batch batch);

  /// As [#commit], for callers that look again where something required did not hold.
  ///
  /// @return false if nothing was changed because of that
  default boolean tryCommit(Batch batch) {
    try {
      commit(batch);
      return true;
    } catch (ConflictException _) {
      return false;
    }
  }

  /// The store as it is now.
  Snapshot snapshot();

  /// Waits for commits in hand and releases the files.
  @Override
  void close();
}
