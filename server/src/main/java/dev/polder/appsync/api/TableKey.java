package dev.polder.appsync.api;

import java.util.List;
import java.util.Optional;

/// The key of a table or an index, in terms of the model's fields.
///
/// @param partition the field that is the partition key
/// @param sort the fields of the sort key, in order; none, one, or several that are stored together
///   in one string attribute
public record TableKey(String partition, List<String> sort) {

  public TableKey {
    sort = List.copyOf(sort);
  }

  /// The attribute that is the sort key: the field, or for several `a#b`, whose value is their
  /// values with `#` between.
  public Optional<String> sortAttribute() {
    return sort.isEmpty() ? Optional.empty() : Optional.of(String.join("#", sort));
  }

  /// All fields of the key, the partition's first.
  public List<String> fields() {
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(partition), sort.stream())
        .toList();
  }
}
