package dev.polder.gateway;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps the pages of other sites from using this server through a browser of the same machine.
///
/// A server that accepts any signature must not be reachable by whatever page somebody happens to
/// visit. Such a page comes in two ways: across sites, and then the browser names its origin; or by
/// DNS rebinding, when the page's own host name is pointed at this machine, and then the host name
/// gives it away. SDKs and tools send none of a browser's headers and may use any host name.
final class BrowserGuard {
  // A page can change what some of these say, but cannot keep all of them from being sent.
  private static final List<String> TELLTALE =
      List.of("origin", "sec-fetch-site", "accept-language", "referer", "cookie");

  private final Set<String> hosts;

  BrowserGuard(Set<String> hosts) {
    this.hosts = hosts;
  }

  /// Why a request is refused; empty if it may proceed.
  Optional<String> refuses(HttpRequest request) {
    Headers headers = request.headers();
    String origin = headers.first("origin");
    if (origin != null && isOfBrowser(origin) && !isOurs(hostOf(origin))) {
      return Optional.of("Requests from pages of " + origin + " are not accepted");
    }
    if (headers.first("sec-fetch-site", "").equals("cross-site")) {
      return Optional.of("Requests from pages of other sites are not accepted");
    }
    String host = headers.first("host");
    if (isBrowser(headers) && host != null && !isOurs(withoutPort(host))) {
      return Optional.of(
          "Browsers are not accepted under the name " + host + "; the setting host-names takes it");
    }
    return Optional.empty();
  }

  /// Browsers send a scheme and a host, or `null` for pages that have none; tools send anything.
  private static boolean isOfBrowser(String origin) {
    return origin.contains(":") || origin.trim().equalsIgnoreCase("null");
  }

  private static boolean isBrowser(Headers headers) {
    return TELLTALE.stream().anyMatch(headers::contains)
        || headers.first("user-agent", "").contains("Mozilla/");
  }

  private boolean isOurs(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("127.0.0.1")
        || name.equals("[::1]")
        || hosts.contains(name);
  }

  private static @Nullable String hostOf(String origin) {
    try {
      return URI.create(origin).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
