package dev.polder.gateway.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// [HttpServer] by Helidon SE.
public final class HelidonServer implements HttpServer {
  // An S3 key of 1,024 bytes may be 3,072 when encoded, and a presigned query carries a session
  // token of some kilobytes more.
  private static final int LONGEST_REQUEST_LINE = 32 << 10;
  private static final int LARGEST_HEADERS = 64 << 10;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final HttpHandler handler;
  private final WebSocketHandler sockets;
  private final @Nullable SSLContext secure;
  private @Nullable Heartbeats heartbeats;
  private @Nullable WebServer server;

  public HelidonServer(HttpHandler handler) {
    this(handler, WebSocketHandler.NONE, null);
  }

  /// @param secure for a port that speaks TLS; null for one that does not
  public HelidonServer(HttpHandler handler, WebSocketHandler sockets, @Nullable SSLContext secure) {
    this.handler = handler;
    this.sockets = sockets;
    this.secure = secure;
  }

  @Override
  public synchronized int start(String host, int port) {
    probe(host, port);
    var beats = new Heartbeats();
    heartbeats = beats;
    var builder =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .contentEncoding(new RawEncoding())
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                Http1ConnectionSelector.builder()
                    .config(http1())
                    .addUpgrader(new WebSocketUpgrade(sockets, beats))
                    .build())
            .routing(HttpRouting.builder().any(this::answer));
    if (secure != null) {
      builder.tls(Tls.builder().sslContext(secure).build());
    }
    WebServer made = builder.build();
    server = made.start();
    if (!made.isRunning()) {
      // Helidon logs why it cannot start, and returns.
      throw new IllegalStateException("Cannot listen on " + host + " port " + port);
    }
    return made.port();
  }

  /// Says why a port cannot be opened, which Helidon would not.
  private static void probe(String host, int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot listen on " + host + " port " + port + ": " + e.getMessage(), e);
    }
  }

  private static Http1Config http1() {
    return Http1Config.builder()
        .maxPrologueLength(LONGEST_REQUEST_LINE)
        .maxHeadersSize(LARGEST_HEADERS)
        .validatePath(false)
        .build();
  }

  @Override
  public synchronized void close() {
    if (heartbeats != null) {
      heartbeats.close();
      heartbeats = null;
    }
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  private void answer(ServerRequest request, ServerResponse response) throws IOException {
    var incoming = new Incoming(request);
    handler.handle(incoming, new Outgoing(incoming, response));
    if (incoming.isLast()) {
      // Helidon says that it closes the connection and does not; this makes it.
      throw new CloseConnectionException("The last request of its connection");
    }
  }

  /// Reads what Helidon received.
  private static final class Incoming implements HttpRequest {
    private final ServerRequest request;
    private final Headers headers = new Headers();
    private boolean read;

    Incoming(ServerRequest request) {
      this.request = request;
      for (Header header : request.headers()) {
        for (String value : header.allValues()) {
          headers.add(header.name(), value);
        }
      }
    }

    @Override
    public String method() {
      return request.prologue().method().text().toUpperCase(Locale.ROOT);
    }

    @Override
    public String rawPath() {
      return request.prologue().uriPath().rawPath();
    }

    @Override
    public String rawQuery() {
      return request.prologue().query().rawValue();
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public String address() {
      return HttpRequest.address(request.remotePeer().address());
    }

    @Override
    public String scheme() {
      return request.isSecure() ? "https" : "http";
    }

    /// True if the client wants it so; or if it waits to be asked for a body that nobody wants, of
    /// which it may then send nothing, or all.
    boolean isLast() {
      return headers.first("connection", "").equalsIgnoreCase("close")
          || (headers.contains("expect") && !read);
    }

    @Override
    public InputStream body() {
      read = true;
      return request.content().hasEntity()
          ? request.content().inputStream()
          : InputStream.nullInputStream();
    }
  }

  /// Writes what Helidon sends.
  private record Outgoing(Incoming request, ServerResponse response) implements HttpResponse {
    @Override
    public void empty(int status, Headers headers) {
      begin(status, headers);
      response.send();
    }

    @Override
    public void send(int status, Headers headers, byte[] body) {
      begin(status, headers.remove("content-length"));
      response.send(body);
    }

    @Override
    public OutputStream stream(int status, Headers headers, long length) {
      begin(status, headers.remove("content-length"));
      if (length == 0) {
        response.send();
        return OutputStream.nullOutputStream();
      }
      if (length > 0) {
        response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length));
      }
      return response.outputStream();
    }

    private void begin(int status, Headers headers) {
      response.status(status);
      if (request.isLast()) {
        response.header(HeaderValues.CONNECTION_CLOSE);
      }
      headers.forEach((name, value) ->
          response.headers().add(HeaderValues.create(HeaderNames.create(name), value)));
    }
  }
}
