package dev.polder.appsync.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The placeholders of one request's expressions. Used by one thread.
final class Expressions {
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();

  /// The placeholder of an attribute's name.
  String name(String attribute) {
    return placeholders.computeIfAbsent(
        attribute,
        _ -> {
          String placeholder = "#n" + names.size();
          names.put(placeholder, attribute);
          return placeholder;
        });
  }

  /// A placeholder for a value.
  String value(@Nullable Object value) {
    return value(Values.attribute(value));
  }

  /// A placeholder for an attribute's value.
  String value(AttributeValue value) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }

  /// The names by placeholder; null if there are none, as the API wants it.
  @Nullable Map<String, String> names() {
    return names.isEmpty() ? null : names;
  }

  /// The values by placeholder; null if there are none, as the API wants it.
  @Nullable Map<String, AttributeValue> values() {
    return values.isEmpty() ? null : values;
  }

  /// Conditions that must all hold; null where none is given.
  static @Nullable String all(@Nullable String... conditions) {
    var text = new StringBuilder();
    for (String condition : conditions) {
      if (condition != null && !condition.isEmpty()) {
        text.append(text.isEmpty() ? "(" : " AND (").append(condition).append(')');
      }
    }
    return text.isEmpty() ? null : text.toString();
  }
}
