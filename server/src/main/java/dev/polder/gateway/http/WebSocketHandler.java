package dev.polder.gateway.http;

import java.util.Arrays;
import java.util.List;

/// Decides who may open a WebSocket.
@FunctionalInterface
public interface WebSocketHandler {

  /// Nobody may.
  WebSocketHandler NONE = _ -> new WebSocketAnswer.Refused(404, "No WebSocket here");

  /// Answers a handshake. Its request has no body.
  WebSocketAnswer open(HttpRequest request);

  /// The subprotocols that a client offers, in its order.
  static List<String> offered(HttpRequest request) {
    return request.headers().all("sec-websocket-protocol").stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
