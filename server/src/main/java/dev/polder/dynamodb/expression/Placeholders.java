package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names and values that stand outside of a request's expressions, of which each must be used.
final class Placeholders {
  private final Map<String, String> names;
  private final Map<String, Value> values;
  private final Set<String> unusedNames;
  private final Set<String> unusedValues;

  Placeholders(Map<String, String> names, Map<String, Value> values) {
    this.names = names;
    this.values = values;
    this.unusedNames = new LinkedHashSet<>(names.keySet());
    this.unusedValues = new LinkedHashSet<>(values.keySet());
  }

  /// Refuses placeholders that no expression could use.
  ///
  /// @param parameter the parameter that has them
  /// @param sign the character that they begin with
  static void requireSyntax(String parameter, char sign, Collection<String> placeholders) {
    if (placeholders.isEmpty()) {
      throw new ValidationException(parameter + " must not be empty");
    }
    for (String placeholder : placeholders) {
      if (!isPlaceholder(placeholder, sign)) {
        throw new ValidationException(
            parameter + " contains invalid key: Syntax error; key: \"" + placeholder + "\"");
      }
    }
  }

  private static boolean isPlaceholder(String text, char sign) {
    if (text.length() < 2 || text.charAt(0) != sign) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean part =
          c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
      if (!part) {
        return false;
      }
    }
    return true;
  }

  Optional<String> name(String placeholder) {
    unusedNames.remove(placeholder);
    return Optional.ofNullable(names.get(placeholder));
  }

  Optional<Value> value(String placeholder) {
    unusedValues.remove(placeholder);
    return Optional.ofNullable(values.get(placeholder));
  }

  void requireAllUsed() {
    requireUsed("ExpressionAttributeNames", unusedNames);
    requireUsed("ExpressionAttributeValues", unusedValues);
  }

  private static void requireUsed(String parameter, Set<String> unused) {
    if (!unused.isEmpty()) {
      throw new ValidationException(
          "Value provided in "
              + parameter
              + " unused in expressions: keys: {"
              + String.join(", ", unused)
              + "}");
    }
  }
}
