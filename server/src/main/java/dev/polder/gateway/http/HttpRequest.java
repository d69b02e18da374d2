package dev.polder.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A request as it came in.
public interface HttpRequest {

  /// In capitals, such as `GET`.
  String method();

  /// The path as it was written, not decoded and not normalised; begins with a slash.
  String rawPath();

  /// What follows the question mark, as it was written; empty where there is none.
  String rawQuery();

  Headers headers();

  /// The body. To be asked for and read once. A client that waits for `100 Continue` gets it at the
  /// first read.
  InputStream body();

  /// The IP address that it came from; the loopback's where it came from this process.
  default String address() {
    return "127.0.0.1";
  }

  /// The IP address of the other end of a connection.
  static String address(SocketAddress peer) {
    if (peer instanceof InetSocketAddress internet && internet.getAddress() != null) {
      String text = internet.getAddress().getHostAddress();
      int zone = text.indexOf('%');
      return zone < 0 ? text : text.substring(0, zone);
    }
    return "127.0.0.1";
  }

  /// Whether the connection is encrypted.
  default String scheme() {
    return "http";
  }

  /// The length that the client announced; null where it did not.
  default @Nullable Long contentLength() {
    String length = headers().first("content-length");
    try {
      return length == null ? null : Long.valueOf(length.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// The whole body.
  ///
  /// @param limit the most bytes to accept
  /// @throws BodyTooLargeException if there are more
  default byte[] bytes(int limit) throws IOException {
    Long length = contentLength();
    if (length != null && length > limit) {
      throw new BodyTooLargeException(limit);
    }
    InputStream body = body();
    byte[] bytes = body.readNBytes(limit);
    if (bytes.length == limit && body.read() >= 0) {
      throw new BodyTooLargeException(limit);
    }
    return bytes;
  }
}
