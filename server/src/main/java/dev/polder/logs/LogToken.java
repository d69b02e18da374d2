package dev.polder.logs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// With what the next page of something begins.
final class LogToken {
  private LogToken() {}

  /// A token that stands for a name.
  static String ofName(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  static @Nullable String name(@Nullable String token) {
    if (token == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  /// A token that stands for a place among events.
  static String of(LogStore.Place place) {
    return ofName(place.time() + "/" + place.order());
  }

  static LogStore.@Nullable Place place(@Nullable String token) {
    String text = name(token);
    if (text == null) {
      return null;
    }
    int slash = text.indexOf('/');
    try {
      return new LogStore.Place(
          Long.parseLong(text.substring(0, Math.max(0, slash))),
          Long.parseLong(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  static RuntimeException invalid() {
    return LogsErrors.invalid("The specified nextToken is invalid.");
  }
}
