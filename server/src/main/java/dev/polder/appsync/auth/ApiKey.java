package dev.polder.appsync.auth;

import dev.polder.kernel.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A key of an API. The id is the secret.
///
/// @param id such as `da2-4n5bzmfkmrbdbh5xcexample12`
/// @param expires from when on it is not accepted; on the hour
public record ApiKey(String id, @Nullable String description, Instant expires) {
  /// For how long an expired key is still shown.
  private static final Duration SHOWN = Duration.ofDays(60);

  public static final Duration USUAL = Duration.ofDays(7);
  static final Duration SHORTEST = Duration.ofDays(1);
  static final Duration LONGEST = Duration.ofDays(365);

  /// A key that expires at the beginning of the hour of an instant.
  public static ApiKey until(String id, @Nullable String description, Instant expires) {
    return new ApiKey(id, description, expires.truncatedTo(ChronoUnit.HOURS));
  }

  /// True if keys may expire then: from a day to 365 days from now, give or take the hour.
  public static boolean isLasting(Instant expires, Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    return !expires.isBefore(hour.plus(SHORTEST)) && !expires.isAfter(now.plus(LONGEST));
  }

  /// When it is forgotten.
  public Instant deletes() {
    return expires.plus(SHOWN);
  }

  byte[] bytes() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    if (description != null) {
      members.put("description", description);
    }
    members.put("expires", expires.getEpochSecond());
    return JsonObject.bytes(members);
  }

  static ApiKey of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new ApiKey(
        json.text("id"),
        json.optionalText("description"),
        Instant.ofEpochSecond(json.number("expires")));
  }

  @Override
  public String toString() {
    return "ApiKey[until " + expires + "]";
  }
}
