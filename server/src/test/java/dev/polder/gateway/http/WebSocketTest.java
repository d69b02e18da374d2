package dev.polder.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// WebSockets over a real socket: with the JDK's client, and byte by byte.
class WebSocketTest {
  private static final String HANDSHAKE =
      "GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
  private final HttpHandler pages =
      (request, response) ->
          response.send(200, new Headers(), request.scheme().getBytes(ISO_8859_1));
  private final HelidonServer server = new HelidonServer(pages, this::open, null);
  private final int port = server.start("127.0.0.1", 0);

  private WebSocketAnswer open(HttpRequest request) {
    return request.rawPath().equals("/ws")
        ? new WebSocketAnswer.Accepted(
            WebSocketHandler.offered(request).contains("echo") ? "echo" : null, new Echo())
        : new WebSocketAnswer.Refused(403, "Not here");
  }

  /// Says everything back; floods on demand.
  private final class Echo implements WebSocketListener {
    private @Nullable WebSocket socket;

    @Override
    public void opened(WebSocket opened) {
      this.socket = opened;
    }

    @Override
    public void text(String message) {
      WebSocket to = Objects.requireNonNull(socket);
      if (message.equals("flood")) {
        String large = "x".repeat(1 << 20);
        while (to.send(large)) {
          // Until the client, which does not read, is cut off.
        }
        return;
      }
      to.send(message);
    }

    @Override
    public void closed(int code) {
      closed.add(code);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static final class Client implements java.net.http.WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        java.net.http.WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        received.add(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        java.net.http.WebSocket socket, int status, String reason) {
      code.complete(status);
      return null;
    }
  }

  private java.net.http.WebSocket connect(HttpClient http, String scheme, int to, Client client) {
    return http.newWebSocketBuilder()
        .subprotocols("other", "echo")
        .buildAsync(URI.create(scheme + "://localhost:" + to + "/ws"), client)
        .join();
  }

  @Test
  void messagesComeBackInOrderWhateverTheirSize() throws InterruptedException {
    var client = new Client();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var socket = connect(http, "ws", port, client);
      assertThat(socket.getSubprotocol()).isEqualTo("echo");
      for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 500_000}) {
        String text = "é".repeat(size / 2) + "x".repeat(size % 2);
        socket.sendText(text.substring(0, text.length() / 2), false).join();
        socket.sendText(text.substring(text.length() / 2), true).join();
        assertThat(client.received.poll(60, TimeUnit.SECONDS)).isEqualTo(text);
      }
      socket.sendClose(3001, "done").join();
      assertThat(closed.poll(60, TimeUnit.SECONDS)).isEqualTo(3001);
      assertThat(client.code.join()).isEqualTo(3001);
      http.shutdownNow();
    }
  }

  @Test
  void plainRequestsAreServedBesideThem() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request = java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port));
      assertThat(http.send(request.build(), BodyHandlers.ofString()).body()).isEqualTo("http");
    }
    assertThat(raw(HANDSHAKE.replace("/ws", "/other"))).startsWith("HTTP/1.1 403 ");
    assertThat(raw(HANDSHAKE.replace("13", "8"))).startsWith("HTTP/1.1 426 ");
    assertThat(raw(HANDSHAKE.replace("dGhlIHNhbXBsZSBub25jZQ==", "short")))
        .startsWith("HTTP/1.1 400 ");
  }

  /// Sends bytes after a handshake and answers what comes back until the server closes.
  private String raw(String request, int... bytes) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      var sent = new ByteArrayOutputStream();
      sent.writeBytes(request.getBytes(ISO_8859_1));
      for (int each : bytes) {
        sent.write(each);
      }
      socket.getOutputStream().write(sent.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String closing(int code) {
    // Opcode, length and reason aside, the code is what counts.
    return new String(new byte[] {(byte) (code >> 8), (byte) code}, ISO_8859_1);
  }

  @Test
  void whoBreaksTheProtocolIsToldWhyAndClosed() throws Exception {
    // Not masked, with reserved bits, a continuation of nothing, a long ping, binary, not UTF-8,
    // too large: each is closed with its code.
    int[][] frames = {
      {0x81, 0x01, 'a'},
      {0xC1, 0x80, 0, 0, 0, 0},
      {0x80, 0x80, 0, 0, 0, 0},
      {0x89, 0xFE, 0, 126, 0, 0, 0, 0},
      {0x82, 0x80, 0, 0, 0, 0},
      {0x81, 0x81, 0, 0, 0, 0, 0xFF},
      {0x81, 0xFF, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0},
    };
    int[] codes = {1002, 1002, 1002, 1002, 1003, 1007, 1009};
    for (int i = 0; i < frames.length; i++) {
      String answer = raw(HANDSHAKE, frames[i]);
      assertThat(answer)
          .startsWith("HTTP/1.1 101 ")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .contains(closing(codes[i]));
      assertThat(closed.poll(60, TimeUnit.SECONDS)).isEqualTo(codes[i]);
    }
  }

  @Test
  void aPingIsAnsweredAndAVanishedClientIsNoticed() throws Exception {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(HANDSHAKE.getBytes(ISO_8859_1));
      socket.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'p'});
      var in = new DataInputStream(socket.getInputStream());
      var text = new StringBuilder();
      while (!text.toString().endsWith("\r\n\r\n")) {
        text.append((char) in.readUnsignedByte());
      }
      byte[] pong = in.readNBytes(3);
      assertThat(pong).containsExactly(0x8A, 1, 'p');
      socket.setSoLinger(true, 0);
    }
    assertThat(closed.poll(60, TimeUnit.SECONDS)).isEqualTo(1006);
  }

  @Test
  void aClientThatDoesNotReadIsCutOff() throws Exception {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(HANDSHAKE.getBytes(ISO_8859_1));
      byte[] flood = {(byte) 0x81, (byte) 0x85, 0, 0, 0, 0, 'f', 'l', 'o', 'o', 'd'};
      socket.getOutputStream().write(flood);
      assertThat(closed.poll(60, TimeUnit.SECONDS)).isEqualTo(1006);
    }
  }

  @Test
  void theServersEndIsSaidToAll() throws Exception {
    var client = new Client();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var socket = connect(http, "ws", port, client);
      // The client may have the answer to its handshake before the server counts it as open.
      var _ = socket.sendText("here", true);
      assertThat(client.received.poll(60, TimeUnit.SECONDS)).isEqualTo("here");
      server.close();
      assertThat(client.code.get(60, TimeUnit.SECONDS)).isEqualTo(1001);
      http.shutdownNow();
    }
  }

  @Test
  void aCertificateOfItsOwnIsMadeOnceAndKeptFromOthers(@TempDir Path directory) throws Exception {
    var identity = TlsIdentity.selfSigned(directory, "127.0.0.1", InstantSource.system());
    byte[] made = Files.readAllBytes(directory.resolve("polder.p12"));
    TlsIdentity.selfSigned(directory, "127.0.0.1", InstantSource.system());
    assertThat(Files.readAllBytes(directory.resolve("polder.p12"))).isEqualTo(made);
    assertThat(Files.getPosixFilePermissions(directory.resolve("polder.p12")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    var client = new Client();
    try (HelidonServer secure = new HelidonServer(pages, this::open, identity.context());
        HttpClient http = trusting(directory.resolve("certificate.pem"))) {
      int to = secure.start("127.0.0.1", 0);
      var request = java.net.http.HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + to));
      assertThat(http.send(request.build(), BodyHandlers.ofString()).body()).isEqualTo("https");
      var socket = connect(http, "wss", to, client);
      socket.sendText("secret", true).join();
      assertThat(client.received.poll(60, TimeUnit.SECONDS)).isEqualTo("secret");
      http.shutdownNow();
    }
  }

  private static HttpClient trusting(Path certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "polder", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
