package dev.polder.appsync.realtime;

/// The way to a client.
public interface Outgoing {

  /// Queues a message and returns at once.
  ///
  /// @return false if the client is gone
  boolean send(String message);

  /// Closes the connection once what is queued has been sent.
  ///
  /// @param code of RFC 6455
  void close(int code, String reason);
}
