package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The key of a table or of an index.
///
/// @param sort null where the partition key is all
public record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {
  /// A key attribute.
  ///
  /// @param type string, number or binary
  public record KeyAttribute(String name, Type type) {}

  /// The names of the attributes, the partition key's first.
  public List<String> names() {
    return sort == null ? List.of(partition.name()) : List.of(partition.name(), sort.name());
  }

  /// How many attributes the key has.
  public int size() {
    return sort == null ? 1 : 2;
  }

  /// The one or two attributes.
  public List<KeyAttribute> attributes() {
    return sort == null ? List.of(partition) : List.of(partition, sort);
  }
}
