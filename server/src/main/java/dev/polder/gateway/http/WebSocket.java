package dev.polder.gateway.http;

/// One open WebSocket, as who sends through it sees it. Safe for use by several threads.
public interface WebSocket {

  /// The messages of a client that does not read wait here; this many bytes of them end it.
  int LARGEST_QUEUE = 4 << 20;

  /// Queues a text message behind those before it, and returns at once. A client that lets more
  /// than [#LARGEST_QUEUE] bytes pile up is cut off.
  ///
  /// @return false if the socket is closed, or is being closed by this
  boolean send(String text);

  /// Says goodbye once what is queued has been sent, and closes.
  ///
  /// @param code of RFC 6455, section 7.4, such as 1000
  /// @param reason at most 123 bytes
  void close(int code, String reason);
}
