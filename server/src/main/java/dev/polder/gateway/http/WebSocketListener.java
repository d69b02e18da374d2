package dev.polder.gateway.http;

/// What becomes of one WebSocket. The messages come one after the other, on a virtual thread that
/// reads no further while one is being handled: who blocks holds its own client back, nobody else.
public interface WebSocketListener {

  /// Called first, once.
  void opened(WebSocket socket);

  /// A whole text message.
  void text(String message);

  /// Called about every [#HEARTBEAT_SECONDS], on a thread that all sockets share: must be quick.
  default void heartbeat() {}

  /// Called last, once, however the socket ended.
  ///
  /// @param code that the client gave, or 1006 for one that vanished
  void closed(int code);

  /// How often sockets are pinged. It is the network's time and not that of
  /// [dev.polder.kernel.time.Time]: a clock that skips must neither drown the clients in messages
  /// nor be driven on by their number.
  int HEARTBEAT_SECONDS = 60;
}
