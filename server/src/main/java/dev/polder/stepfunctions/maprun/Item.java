package dev.polder.stepfunctions.maprun;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One item on its way from where it was found to a child execution.
///
/// @param key of the field, where an object is mapped over
/// @param source the URI of the object that it was found in
record Item(@Nullable Object value, @Nullable String key, @Nullable String source) {

  /// What a child is given where no selector says otherwise: of an object's fields the pair of key
  /// and value, of all else the value.
  @Nullable Object input() {
    return key == null ? value : pair(key, value);
  }

  private static Map<String, @Nullable Object> pair(String key, @Nullable Object value) {
    Map<String, @Nullable Object> pair = new LinkedHashMap<>();
    pair.put("Key", key);
    pair.put("Value", value);
    return pair;
  }

  /// Takes items one by one.
  @FunctionalInterface
  interface Sink {
    /// Takes an item. False if no more are wanted.
    boolean take(Item item) throws ReadFailure;
  }
}
