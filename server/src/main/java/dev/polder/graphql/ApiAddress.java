package dev.polder.graphql;

import dev.polder.gateway.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an API is: at `/graphql/<apiId>` of any host, and at `/graphql` of the host names that it
/// has at AWS, whatever their domain: `<apiId>.appsync-api.<region>.…`, and for subscriptions
/// `<apiId>.appsync-realtime-api.<region>.…`.
/// https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
final class ApiAddress {
  /// The path on a host of an API's own.
  static final String PATH = "/graphql";

  /// Below an API's path: where clients subscribe who were given a domain of their own.
  static final String REALTIME = "/realtime";

  private static final Pattern HOST =
      Pattern.compile("([a-z0-9]+)\\.appsync-(?:realtime-)?api\\.[a-z0-9-]+\\..+");

  private ApiAddress() {}

  /// Whether a request names its API by its host.
  static boolean isByHost(HttpRequest request) {
    return byHost(request).isPresent();
  }

  /// The API that a request means by its host; empty where its path says it.
  static Optional<String> byHost(HttpRequest request) {
    String path = request.rawPath();
    return path.equals(PATH) || path.equals(PATH + REALTIME)
        ? ofHost(request.headers().first("host"))
        : Optional.empty();
  }

  /// The API whose own host this is.
  static Optional<String> ofHost(@Nullable String host) {
    if (host == null) {
      return Optional.empty();
    }
    Matcher own = HOST.matcher(host.toLowerCase(Locale.ROOT));
    return own.matches() ? Optional.of(own.group(1)) : Optional.empty();
  }
}
