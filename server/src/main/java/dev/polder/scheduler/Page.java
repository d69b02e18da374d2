package dev.polder.scheduler;

import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One page of a listing.
///
/// @param token with which the next page begins; null on the last
record Page<T>(List<T> items, @Nullable String token) {
  private static final int LARGEST = 100;

  /// Takes a page off a listing, and closes it.
  ///
  /// @param place the names by which the listing can be taken up behind an item
  static <T> Page<T> of(
      Stream<T> listing, @Nullable Integer limit, Function<T, List<String>> place) {
    int size = limit == null ? LARGEST : limit;
    if (size < 1 || size > LARGEST) {
      throw SchedulerErrors.constraint(
          "maxResults", size, "Member must have value between 1 and 100");
    }
    List<T> items;
    try (listing) {
      items = new ArrayList<>(listing.limit(size + 1L).toList());
    }
    if (items.size() <= size) {
      return new Page<>(List.copyOf(items), null);
    }
    items.removeLast();
    byte[] last = Json.write(place.apply(items.getLast())).getBytes(StandardCharsets.UTF_8);
    return new Page<>(List.copyOf(items), Base64.getUrlEncoder().encodeToString(last));
  }

  /// The names in a token; empty where there is none.
  ///
  /// @param count how many it must hold
  static List<String> after(@Nullable String token, int count) {
    if (token == null) {
      return List.of();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (Json.parse(bytes) instanceof List<?> names && names.size() == count) {
        return names.stream().map(String::valueOf).toList();
      }
    } catch (IllegalArgumentException | Json.Malformed e) {
      throw SchedulerErrors.invalid("Invalid NextToken " + token + ".");
    }
    throw SchedulerErrors.invalid("Invalid NextToken " + token + ".");
  }
}
