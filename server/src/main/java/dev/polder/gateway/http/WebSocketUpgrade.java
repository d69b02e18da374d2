package dev.polder.gateway.http;

import dev.polder.kernel.Digests;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The opening handshake of RFC 6455 on Helidon's HTTP/1.1.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-4.2
final class WebSocketUpgrade implements Http1Upgrader {
  private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String VERSION = "13";
  private static final int UPGRADE_REQUIRED = 426;

  private final WebSocketHandler handler;
  private final Heartbeats heartbeats;

  WebSocketUpgrade(WebSocketHandler handler, Heartbeats heartbeats) {
    this.handler = handler;
    this.heartbeats = heartbeats;
  }

  @Override
  public String supportedProtocol() {
    return "websocket";
  }

  @Override
  public ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> received) {
    var request = new Handshake(context, prologue, headers(received));
    String key = request.headers().first("sec-websocket-key");
    if (!request.method().equals("GET") || key == null || !isKey(key)) {
      throw refusal(context, 400, "Expected a WebSocket handshake with a Sec-WebSocket-Key");
    }
    if (!VERSION.equals(request.headers().first("sec-websocket-version"))) {
      throw refusal(context, UPGRADE_REQUIRED, "Expected Sec-WebSocket-Version " + VERSION);
    }
    return switch (handler.open(request)) {
      case WebSocketAnswer.Refused refused ->
          throw refusal(context, refused.status(), refused.reason());
      case WebSocketAnswer.Accepted accepted -> {
        String answer = answer(key, accepted.subprotocol());
        var bytes = BufferData.create(answer.getBytes(StandardCharsets.ISO_8859_1));
        context.dataWriter().write(bytes);
        context.dataWriter().flush();
        yield new WebSocketConnection(context, accepted.listener(), heartbeats);
      }
    };
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key.strip()).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Answers in plain HTTP and ends the connection.
  private static CloseConnectionException refusal(
      ConnectionContext context, int status, String reason) {
    byte[] body = (reason + "\n").getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: %d%s\r\n\r\n"
            .formatted(
                status,
                Status.create(status).reasonPhrase(),
                body.length,
                status == UPGRADE_REQUIRED ? "\r\nSec-WebSocket-Version: " + VERSION : "");
    context
        .dataWriter()
        .write(
            BufferData.create(
                BufferData.create(head.getBytes(StandardCharsets.ISO_8859_1)),
                BufferData.create(body)));
    context.dataWriter().flush();
    return new CloseConnectionException(reason);
  }

  private static String answer(String key, @Nullable String subprotocol) {
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Accept: "
        + accept(key.strip())
        + (subprotocol == null ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol)
        + "\r\n\r\n";
  }

  private static String accept(String key) {
    byte[] text = (key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(Digests.of("SHA-1").digest(text));
  }

  private static Headers headers(WritableHeaders<?> received) {
    var headers = new Headers();
    for (Header header : received) {
      header.allValues().forEach(value -> headers.add(header.name(), value));
    }
    return headers;
  }

  /// The request of a handshake.
  private record Handshake(ConnectionContext context, HttpPrologue prologue, Headers headers)
      implements HttpRequest {
    @Override
    public String method() {
      return prologue.method().text();
    }

    @Override
    public String rawPath() {
      return prologue.uriPath().rawPath();
    }

    @Override
    public String rawQuery() {
      return prologue.query().rawValue();
    }

    @Override
    public String address() {
      return HttpRequest.address(context.remotePeer().address());
    }

    @Override
    public String scheme() {
      return context.isSecure() ? "https" : "http";
    }

    @Override
    public InputStream body() {
      return InputStream.nullInputStream();
    }
  }
}
