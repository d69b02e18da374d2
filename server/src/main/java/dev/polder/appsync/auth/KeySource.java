package dev.polder.appsync.auth;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Json;
import dev.polder.kernel.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the keys of issuers come from: for each issuer that is configured, from the file or URL
/// named there; for the others nowhere. Nothing is fetched that nobody configured.
///
/// Keys are kept, and looked for again when a token names one that is not among them, at most once
/// a minute.
public final class KeySource {
  private static final System.Logger LOG = System.getLogger(KeySource.class.getName());
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST = 1 << 20;

  private record Kept(JsonWebKeys keys, Instant since) {}

  private final Map<String, String> places;
  private final Time time;
  private final boolean trusting;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /// @param places file or URL of the key set, by issuer
  public KeySource(Map<String, String> places, Time time) {
    this(places, time, false);
  }

  private KeySource(Map<String, String> places, Time time, boolean trusting) {
    this.trusting = trusting;
    Map<String, String> named = new LinkedHashMap<>();
    places.forEach((issuer, place) -> named.put(plain(issuer), place));
    this.places = Map.copyOf(named);
    this.time = time;
  }

  /// A source that has no keys.
  public static KeySource none(Time time) {
    return new KeySource(Map.of(), time);
  }

  /// An issuer's name without a slash at its end.
  static String plain(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  /// A source that believes every token, whoever signed it: for test suites that make their own.
  public static KeySource trusting(Time time) {
    return new KeySource(Map.of(), time, true);
  }

  /// True if any token of a user pool is as good as one of the pool that an API names.
  boolean trusts() {
    return trusting;
  }

  /// True if a key of the issuer signed the token.
  boolean verifies(String issuer, Jwt token) {
    if (trusting) {
      return true;
    }
    String name = plain(issuer);
    String place = places.get(name);
    if (place == null) {
      LOG.log(WARNING, "No keys are configured for the issuer " + name);
      return false;
    }
    Kept known = kept.get(name);
    Instant now = time.instant();
    boolean old = known == null || !known.since().plus(AGAIN).isAfter(now);
    if (old && (known == null || !known.keys().knows(token))) {
      known = new Kept(read(place), now);
      kept.put(name, known);
    }
    return known != null && known.keys().verifies(token);
  }

  private static JsonWebKeys read(String place) {
    try {
      return JsonWebKeys.parse(text(place));
    } catch (IOException | Json.Malformed | IllegalArgumentException e) {
      LOG.log(WARNING, "Cannot read the keys in " + place, e);
      return new JsonWebKeys(Map.of());
    }
  }

  private static String text(String place) throws IOException {
    if (!place.startsWith("https://") && !place.startsWith("http://")) {
      return Files.readString(Path.of(place));
    }
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var request = HttpRequest.newBuilder(URI.create(place)).timeout(PATIENCE).build();
      var answer = http.send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IOException("Status " + answer.statusCode());
        }
        return new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
