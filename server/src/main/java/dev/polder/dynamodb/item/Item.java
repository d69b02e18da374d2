package dev.polder.dynamodb.item;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Attributes by their names: an item of a table, or a part of one.
///
/// @param attributes unmodifiable, in the order in which they were written; whoever makes an item
///   gives the map away
public record Item(Map<String, Value> attributes) {
  /// An item may have at most 400 KB, names included.
  public static final int MAX_SIZE = 400 * 1024;

  /// An item without attributes.
  public static final Item EMPTY = new Item(Map.of());

  public Item {
    attributes = Collections.unmodifiableMap(attributes);
  }

  /// The attribute of this name, or null.
  public @Nullable Value attribute(String name) {
    return attributes.get(name);
  }

  /// Whether there are no attributes.
  public boolean isEmpty() {
    return attributes.isEmpty();
  }

  /// Those attributes that have one of these names, in the order of the names.
  public Item only(Set<String> names) {
    Map<String, Value> some = LinkedHashMap.newLinkedHashMap(names.size());
    for (String name : names) {
      Value value = attributes.get(name);
      if (value != null) {
        some.put(name, value);
      }
    }
    return new Item(some);
  }

  /// The size in bytes that limits, pages and capacity are counted by.
  public int size() {
    return ItemSize.of(attributes);
  }

  /// Refuses a new item that is too large.
  ///
  /// @throws ValidationException beyond 400 KB
  public void requirePutSize() {
    if (size() > MAX_SIZE) {
      throw new ValidationException("Item size has exceeded the maximum allowed size");
    }
  }

  /// Refuses an updated item that is too large.
  ///
  /// @throws ValidationException beyond 400 KB
  public void requireUpdateSize() {
    if (size() > MAX_SIZE) {
      throw new ValidationException("Item size to update has exceeded the maximum allowed size");
    }
  }
}
