package dev.polder.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// This server's own HTTP API without a socket, for callers in the same process that speak HTTP and
/// have no share in the server's classes. Made of the JDK's types alone, for that reason.
public interface LocalHttp {
  /// Serves nobody.
  LocalHttp NONE =
      new LocalHttp() {
        @Override
        public boolean serves(String scheme, String host, int port) {
          return false;
        }

        @Override
        public Answer send(
            String method,
            String path,
            String query,
            Map<String, List<String>> headers,
            InputStream body)
            throws IOException {
          throw new IOException("There is no server");
        }
      };

  /// An answer whose body may still be on its way. It is to be read to its end or closed.
  ///
  /// @param headers names as the server writes them
  record Answer(int status, Map<String, List<String>> headers, InputStream body) {}

  /// Whether requests to this address are for this server. Asked before every request.
  boolean serves(String scheme, String host, int port);

  /// Sends a request and waits for the head of its answer. What the server does goes on if the
  /// caller is interrupted, as it would over a socket.
  ///
  /// @param path as it is written in a request's first line: encoded, beginning with a slash
  /// @param query what would follow the question mark; empty for none
  /// @throws IOException if there is no answer; an [java.io.InterruptedIOException], with the
  ///   thread's flag set, if the caller is interrupted
  Answer send(
      String method, String path, String query, Map<String, List<String>> headers, InputStream body)
      throws IOException;
}
