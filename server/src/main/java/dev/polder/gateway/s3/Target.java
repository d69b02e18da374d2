package dev.polder.gateway.s3;

import dev.polder.gateway.codec.Uris;
import dev.polder.gateway.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a request is about.
///
/// @param bucket empty for the service itself
/// @param key empty for the bucket itself
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">S3:
///   virtual hosting of buckets</a>
record Target(String bucket, String key) {

  /// From host and path. The bucket is in the host where that is `bucket.s3.anything`,
  /// `bucket.localhost` or `bucket.` and one of `hosts`; else it begins the path.
  static Target of(HttpRequest request, Set<String> hosts) {
    String path = request.rawPath().startsWith("/") ? request.rawPath().substring(1) : "";
    Optional<String> hosted = bucket(request.headers().first("host", ""), hosts);
    if (hosted.isPresent()) {
      return new Target(hosted.get(), Uris.decodePath(path));
    }
    int slash = path.indexOf('/');
    return slash < 0
        ? new Target(Uris.decodePath(path), "")
        : new Target(
            Uris.decodePath(path.substring(0, slash)), Uris.decodePath(path.substring(slash + 1)));
  }

  private static Optional<String> bucket(String host, Set<String> hosts) {
    String lower = host.toLowerCase(Locale.ROOT);
    int colon = lower.lastIndexOf(':');
    String name = colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
    int service = Math.max(name.lastIndexOf(".s3."), name.lastIndexOf(".s3-"));
    if (service > 0) {
      return Optional.of(name.substring(0, service));
    }
    if (name.startsWith("s3.") || name.startsWith("s3-")) {
      return Optional.empty();
    }
    return within(name, "localhost")
        .or(() -> hosts.stream().flatMap(each -> within(name, each).stream()).findFirst());
  }

  private static Optional<String> within(String name, String domain) {
    boolean below = name.endsWith("." + domain) && name.length() > domain.length() + 1;
    return below
        ? Optional.of(name.substring(0, name.length() - domain.length() - 1))
        : Optional.empty();
  }

  /// As errors name it.
  String resource() {
    return "/" + bucket + (key.isEmpty() ? "" : "/" + key);
  }
}
