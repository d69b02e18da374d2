package dev.polder.gateway.http;

import org.jspecify.annotations.Nullable;

/// The answer to a handshake.
public sealed interface WebSocketAnswer {

  /// The connection stays plain HTTP.
  ///
  /// @param status such as 403
  /// @param reason for people
  record Refused(int status, String reason) implements WebSocketAnswer {}

  /// The connection becomes a WebSocket.
  ///
  /// @param subprotocol one of those offered; null for none
  /// @param listener of this connection alone
  record Accepted(@Nullable String subprotocol, WebSocketListener listener)
      implements WebSocketAnswer {}
}
