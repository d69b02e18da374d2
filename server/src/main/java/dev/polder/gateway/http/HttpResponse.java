package dev.polder.gateway.http;

import java.io.IOException;
import java.io.OutputStream;

/// The answer to a request: one of these methods is called, once.
public interface HttpResponse {

  /// Answers without a body: 204, 304, and everything that answers HEAD, for which the header
  /// `Content-Length` may be given and is kept.
  void empty(int status, Headers headers) throws IOException;

  /// Answers with a body that is at hand. Sets `Content-Length`.
  void send(int status, Headers headers, byte[] body) throws IOException;

  /// Answers with a body that is written as it comes. To be closed by the caller once all is
  /// written; a failure to write all breaks the connection.
  ///
  /// @param length in bytes; negative where it is not known beforehand
  OutputStream stream(int status, Headers headers, long length) throws IOException;
}
