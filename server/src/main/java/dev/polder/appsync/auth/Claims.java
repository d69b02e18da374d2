package dev.polder.appsync.auth;

import dev.polder.kernel.Json;
import java.util.Collection;
import java.util.List;

/// Claims that name several things.
final class Claims {
  private Claims() {}

  /// The members of a text that is a JSON array; else the text itself.
  static List<String> list(String text) {
    try {
      return Json.parse(text) instanceof List<?> list ? texts(list) : List.of(text);
    } catch (Json.Malformed e) {
      return List.of(text);
    }
  }

  /// Those members of an array that are texts; others name nothing.
  static List<String> texts(Collection<?> values) {
    return values.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }
}
