package dev.polder.gateway.http;

import java.io.IOException;

/// Answers requests.
@FunctionalInterface
public interface HttpHandler {

  /// Answers one request, exactly once, before it returns. What it throws after the answer has
  /// begun breaks the connection, so that the client sees that the answer is not whole.
  void handle(HttpRequest request, HttpResponse response) throws IOException;
}
