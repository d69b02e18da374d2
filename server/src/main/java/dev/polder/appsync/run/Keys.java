package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Keys of tables and indexes in terms of a model's fields.
final class Keys {
  private Keys() {}

  /// What stands between the values of a sort key of several fields, and between their names.
  static final String SEPARATOR = "#";

  /// The attribute that is the partition key.
  static String partition(Model model, TableKey key) {
    return Values.attributeOf(model, key.partition());
  }

  /// The attribute that is the sort key; null if there is none.
  static @Nullable String sort(Model model, TableKey key) {
    return switch (key.sort().size()) {
      case 0 -> null;
      case 1 -> Values.attributeOf(model, key.sort().getFirst());
      default -> String.join(SEPARATOR, key.sort());
    };
  }

  /// The attribute type of the partition key.
  static ScalarAttributeType partitionType(Model model, TableKey key) {
    return key.text() ? ScalarAttributeType.S : type(model, key.partition());
  }

  /// The attribute type of the sort key.
  static ScalarAttributeType sortType(Model model, TableKey key) {
    return key.sort().size() == 1 ? type(model, key.sort().getFirst()) : ScalarAttributeType.S;
  }

  /// The attribute type of a field that is part of a key.
  static ScalarAttributeType type(Model model, String field) {
    var known = model.fields().get(field);
    return switch (known == null ? "ID" : known.type()) {
      case "Int", "Float", "AWSTimestamp" -> ScalarAttributeType.N;
      default -> ScalarAttributeType.S;
    };
  }

  /// The key of an object.
  ///
  /// @param values by field, or by attribute
  /// @return null if one of the key's fields has no value
  static @Nullable Map<String, AttributeValue> of(
      Model model, TableKey key, Map<String, ? extends @Nullable Object> values) {
    for (String field : key.fields()) {
      if (values.get(field) == null) {
        return null;
      }
    }
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    Object partition = Objects.requireNonNull(values.get(key.partition()));
    attributes.put(partition(model, key), keyValue(partitionType(model, key), partition));
    String sort = sort(model, key);
    if (sort != null) {
      attributes.put(sort, sortValue(model, key, key.sort(), values));
    }
    return attributes;
  }

  /// The value of a sort key whose fields all have values.
  private static AttributeValue sortValue(
      Model model,
      TableKey key,
      List<String> fields,
      Map<String, ? extends @Nullable Object> values) {
    return key.sort().size() == 1
        ? keyValue(sortType(model, key), Objects.requireNonNull(values.get(fields.getFirst())))
        : AttributeValue.fromS(joined(fields, values));
  }

  /// The values of several fields as they are stored together.
  static String joined(List<String> fields, Map<String, ? extends @Nullable Object> values) {
    return fields.stream()
        .map(field -> String.valueOf(values.get(field)))
        .collect(Collectors.joining(SEPARATOR));
  }

  /// A value as a key's attribute, whatever its type in JSON.
  static AttributeValue keyValue(ScalarAttributeType type, Object value) {
    return type == ScalarAttributeType.N
        ? AttributeValue.fromN(String.valueOf(value))
        : AttributeValue.fromS(String.valueOf(value));
  }

  /// The name of the argument that sets conditions on a sort key: `createdAt`, or `statusCreatedAt`
  /// for several fields.
  static String argument(List<String> sort) {
    if (sort.size() == 1) {
      return sort.getFirst();
    }
    var name = new StringBuilder();
    for (String field : sort) {
      char first = field.charAt(0);
      name.append(name.isEmpty() ? Character.toLowerCase(first) : Character.toUpperCase(first))
          .append(field.substring(1));
    }
    return name.toString();
  }
}
