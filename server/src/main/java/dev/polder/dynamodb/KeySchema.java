package dev.polder.dynamodb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What items of a table or index are found by.
///
/// @param sort null where each partition has one item
record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {

  /// The key attributes, the partition key first.
  List<KeyAttribute> attributes() {
    return sort == null ? List.of(partition) : List.of(partition, sort);
  }

  /// The names of the key attributes, the partition key's first.
  List<String> names() {
    return sort == null ? List.of(partition.name()) : List.of(partition.name(), sort.name());
  }

  /// How many attributes the key has.
  int size() {
    return sort == null ? 1 : 2;
  }
}
