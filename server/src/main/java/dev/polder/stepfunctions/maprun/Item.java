package dev.polder.stepfunctions.maprun;

import org.jspecify.annotations.Nullable;

/// One item on its way from where it was found to a child execution.
///
/// @param key of the field, where an object is mapped over
/// @param source the URI of the object that it was found in
record Item(@Nullable Object value, @Nullable String key, @Nullable String source) {

  /// Takes items one by one.
  @FunctionalInterface
  interface Sink {
    /// Takes an item. False if no more are wanted.
    boolean take(Item item) throws ReadFailure;
  }
}
