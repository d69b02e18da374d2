package dev.polder.appsync.auth;

import dev.polder.kernel.Json;
import java.util.List;

/// Claims that come as text.
final class Claims {
  private Claims() {}

  /// The members of a text that is a JSON array; else the text itself.
  static List<String> list(String text) {
    try {
      if (Json.parse(text) instanceof List<?> list) {
        return list.stream().map(String::valueOf).toList();
      }
    } catch (Json.Malformed e) {
      return List.of(text);
    }
    return List.of(text);
  }
}
