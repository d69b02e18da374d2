package dev.polder.gateway.http;

/// A server on one port. Each request is handled on a virtual thread of its own.
public interface HttpServer extends AutoCloseable {

  /// Opens the port and lets requests in.
  ///
  /// @param host the name or address to listen on
  /// @param port 0 for any free one
  /// @return the port that was opened
  /// @throws IllegalStateException if the port cannot be opened
  int start(String host, int port);

  /// Lets no further request in, waits a little for those in hand, and closes the port.
  @Override
  void close();
}
