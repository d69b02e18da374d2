package dev.polder.appsync.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /// Conditions that must all hold; null where none is given. Parentheses stand only where they are
  /// needed: the service refuses redundant ones.
  static @Nullable String all(@Nullable String... conditions) {
    List<String> given = new ArrayList<>();
    for (String condition : conditions) {
      if (condition != null && !condition.isEmpty()) {
        given.add(condition);
      }
    }
    return switch (given.size()) {
      case 0 -> null;
      case 1 -> given.getFirst();
      default ->
          given.stream()
              .map(each -> isWrapped(each) ? each : "(" + each + ")")
              .collect(Collectors.joining(" AND "));
    };
  }

  // Values and names are placeholders, so that a parenthesis is one wherever it stands.
  private static boolean isWrapped(String condition) {
    if (!condition.startsWith("(")) {
      return false;
    }
    int open = 0;
    for (int i = 0; i < condition.length(); i++) {
      open += condition.charAt(i) == '(' ? 1 : condition.charAt(i) == ')' ? -1 : 0;
      if (open == 0) {
        return i == condition.length() - 1;
      }
    }
    return false;
  }
}
