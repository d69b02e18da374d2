package dev.polder.appsync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a listing of the management API.
///
/// @param token with which the next page begins; null on the last
record Listing<T>(List<T> items, @Nullable String token) {
  private static final int LARGEST = 25;

  /// Takes a page off a list.
  ///
  /// @param all in the order of their names
  /// @param after the token that a page before this one ended with; null for the first page
  /// @param limit 0 to 25; null for 25
  static <T> Listing<T> of(
      List<T> all, Function<T, String> name, @Nullable String after, @Nullable Integer limit) {
    int size = limit == null || limit == 0 ? LARGEST : limit;
    if (size < 0 || size > LARGEST) {
      throw AppSyncErrors.invalid("MaxResults must be between 0 and " + LARGEST + ".");
    }
    String last = after == null ? null : decoded(after);
    List<T> left =
        all.stream()
            .filter(each -> last == null || name.apply(each).compareTo(last) > 0)
            .limit(size + 1L)
            .toList();
    if (left.size() <= size) {
      return new Listing<>(left, null);
    }
    List<T> page = left.subList(0, size);
    byte[] end = name.apply(page.getLast()).getBytes(UTF_8);
    return new Listing<>(List.copyOf(page), Base64.getUrlEncoder().encodeToString(end));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw AppSyncErrors.invalid("Invalid pagination token given.");
    }
  }
}
