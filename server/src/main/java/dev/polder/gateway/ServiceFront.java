package dev.polder.gateway;

import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import java.io.IOException;

/// Serves every request of one service whose protocol the gateway does not speak itself: S3.
public interface ServiceFront {

  /// Serves a request that may proceed. Every failure, defects included, is answered here in the
  /// service's own protocol.
  void serve(HttpRequest request, HttpResponse response, Call call) throws IOException;

  /// Answers a request that the gateway lets not proceed, such as one with a wrong signature.
  void refuse(HttpRequest request, HttpResponse response, Call call, Refusal refusal)
      throws IOException;
}
