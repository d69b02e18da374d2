package dev.polder.appsync.run;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a connection answers.
///
/// @param nextToken where the next page begins; null at the end
/// @param count how many items there are on all pages; asked only if somebody wants to know
record Page(
    List<Map<String, @Nullable Object>> items,
    @Nullable String nextToken,
    Supplier<Integer> count) {

  /// A connection without items.
  static Page empty() {
    return new Page(List.of(), null, () -> 0);
  }

  /// A field of the connection.
  @Nullable Object field(String name) {
    return switch (name) {
      case "items" -> items;
      case "nextToken" -> nextToken;
      default -> null;
    };
  }
}
