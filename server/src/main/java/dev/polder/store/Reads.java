package dev.polder.store;

import org.jspecify.annotations.Nullable;

/// What can be read, from the store as it is or from a [Snapshot].
public interface Reads {

  /// The value of a key, or null where there is none.
  byte @Nullable [] get(Key key);

  /// The entries of a range in the order of their keys, seen as they are at this call. Reads as it
  /// goes; must be closed.
  Scan scan(KeyRange range);

  /// The same from the last key to the first.
  Scan scanReverse(KeyRange range);
}
