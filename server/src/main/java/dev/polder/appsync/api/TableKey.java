package dev.polder.appsync.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The key of a table or an index, in terms of the model's fields.
///
/// @param partition the field that is the partition key
/// @param sort the fields of the sort key, in order; none, one, or several that are stored together
///   in one string attribute
/// @param text true where the partition key is stored as a string although its field is none: the
///   `id` of a type that is no text and that no directive makes the key
public record TableKey(String partition, List<String> sort, boolean text) {

  public TableKey {
    sort = List.copyOf(sort);
  }

  /// A key whose attributes have the types of their fields.
  public TableKey(String partition, List<String> sort) {
    this(partition, sort, false);
  }

  /// The attribute that is the sort key: the field, or for several `a#b`, whose value is their
  /// values with `#` between.
  public Optional<String> sortAttribute() {
    return sort.isEmpty() ? Optional.empty() : Optional.of(String.join("#", sort));
  }

  /// All fields of the key, the partition's first.
  public List<String> fields() {
    return Stream.concat(Stream.of(partition), sort.stream()).toList();
  }
}
