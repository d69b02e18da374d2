package dev.polder.graphql;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;

/// Lets pages of other origins read answers, as AppSync does. Which pages reach this server at all
/// is the gateway's decision; an API is then guarded by its own keys and tokens, which a browser
/// sends only if the page has them.
final class Browsers {
  private static final String LISTED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amz-user-agent,x-amzn-ErrorMessage,Date,x-amz-schema-version";

  private Browsers() {}

  /// Adds the headers of cross-origin sharing to the answer of a request that has an origin.
  static Headers allow(HttpRequest request, Headers headers) {
    if (!request.headers().contains("origin")) {
      return headers;
    }
    headers.set("access-control-allow-origin", "*").set("access-control-expose-headers", LISTED);
    if (request.method().equals("OPTIONS")) {
      headers
          .set("access-control-allow-methods", "GET, POST, OPTIONS")
          .set(
              "access-control-allow-headers",
              request.headers().first("access-control-request-headers", "content-type"))
          .set("access-control-max-age", "172800");
    }
    return headers;
  }
}
