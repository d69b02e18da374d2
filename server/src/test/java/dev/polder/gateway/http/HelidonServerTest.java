package dev.polder.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes over the socket, byte by byte where that matters.
class HelidonServerTest {
  private final AtomicReference<HttpHandler> handler =
      new AtomicReference<>((request, response) -> {
        String seen = request.method() + " " + request.rawPath() + "?" + request.rawQuery() + " ";
        byte[] body = request.body().readAllBytes();
        response.send(
            200,
            Headers.of("X-Seen", "yes", "x-twice", "1", "x-twice", "2"),
            (seen + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
      });
  private final HttpServer server =
      new HelidonServer(
          (request, response) -> Objects.requireNonNull(handler.get()).handle(request, response));
  private final int port = server.start("127.0.0.1", 0);

  @AfterEach
  void close() {
    server.close();
  }

  /// Sends bytes and reads until the server closes, which it does at the client's wish.
  private String raw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private String get(String target) throws IOException {
    return raw("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  }

  @Test
  void pathsComeAsTheyWereWritten() throws IOException {
    for (String target :
        new String[] {
          "/a%2Fb//c/../d/./%41+;x=1?q=%2B&r=+",
          "/?",
          "/" + "k".repeat(9000) + "?",
          "/%E2%9C%93?x%3Dy",
          "/a:b@c,d!e$f'(g)*~?"
        }) {
      assertThat(get(target)).startsWith("HTTP/1.1 200 ").endsWith("GET " + target + " ");
    }
  }

  @Test
  void headersKeepTheirCaseAndTheirOrder() throws IOException {
    assertThat(get("/")).contains("X-Seen: yes\r\n", "x-twice: 1", "2").contains("Content-Length:");
  }

  @Test
  void chunkedAndAwsChunkedBodiesComeThrough() throws IOException {
    String answer =
        raw(
            "PUT /k HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Encoding: aws-chunked,gzip\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("PUT /k? abcde");
  }

  @Test
  void aClientThatWaitsIsToldToContinueOnceTheBodyIsRead() throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "PUT /k HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      String first = new String(in.readNBytes(25), StandardCharsets.US_ASCII);
      assertThat(first).startsWith("HTTP/1.1 100 Continue\r\n");
      socket.getOutputStream().write("hi".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).endsWith("PUT /k? hi");
    }
  }

  @Test
  void aBodyThatNobodyWantsIsNotAskedFor() throws IOException {
    handler.set((_, response) -> response.send(403, new Headers(), new byte[] {'n', 'o'}));
    String answer =
        raw(
            "PUT /k HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2000000\r\nExpect: 100-continue\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("100 Continue").endsWith("no");
  }

  @Test
  void headAnswersWithTheLengthThatGetWouldHave() throws IOException {
    handler.set((_, response) ->
        response.empty(200, Headers.of("Content-Length", "12345", "ETag", "\"e\"")));
    String answer = raw("HEAD /k HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Content-Length: 12345\r\n");
    assertThat(answer).endsWith("\r\n\r\n");
  }

  @Test
  void answersCanBeStreamedWithAndWithoutALength() throws IOException {
    byte[] block = "0123456789abcdef".repeat(4096).getBytes(StandardCharsets.US_ASCII);
    for (long length : new long[] {16L * block.length, -1}) {
      handler.set((_, response) -> {
        try (var out = response.stream(206, Headers.of("x-a", "b"), length)) {
          for (int i = 0; i < 16; i++) {
            out.write(block);
          }
        }
      });
      var answer = fetch("/big");
      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body()).hasSize(16 * block.length).startsWith(block).endsWith(block);
    }
  }

  @Test
  void anEmptyStreamIsAnEmptyBody() throws IOException {
    handler.set((_, response) -> response.stream(200, new Headers(), 0).close());
    assertThat(fetch("/empty").body()).isEmpty();
  }

  @Test
  void anAnswerThatFailsHalfwayIsSeenToBeBroken() {
    for (long length : new long[] {1 << 20, -1}) {
      handler.set((_, response) -> {
        try (var out = response.stream(200, new Headers(), length)) {
          out.write(new byte[1 << 16]);
          out.flush();
          throw new IOException("the disk is gone");
        }
      });
      assertThatThrownBy(() -> fetch("/broken")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void manyRequestsAreHandledAtOnce() throws Exception {
    int many = 50;
    var all = new CountDownLatch(many);
    handler.set((_, response) -> {
      all.countDown();
      try {
        all.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      response.empty(204, new Headers());
    });
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answers =
          IntStream.range(0, many)
              .mapToObj(_ ->
                  client.sendAsync(
                      java.net.http.HttpRequest.newBuilder(uri("/wait")).build(),
                      BodyHandlers.discarding()))
              .toList();
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(204);
      }
    }
  }

  @Test
  void bodiesAreReadUpToALimit() throws IOException {
    handler.set((request, response) -> {
      try {
        response.send(200, new Headers(), request.bytes(4));
      } catch (BodyTooLargeException e) {
        response.send(413, new Headers(), new byte[0]);
      }
    });
    String begin = "PUT / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";
    assertThat(raw(begin + "Content-Length: 4\r\n\r\nabcd")).endsWith("\r\n\r\nabcd");
    assertThat(raw(begin + "Content-Length: 5\r\n\r\nabcde")).startsWith("HTTP/1.1 413 ");
    assertThat(raw(begin + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void nonsenseIsRefusedAndTheServerLivesOn() throws IOException {
    assertThat(raw("nonsense\r\n\r\n")).doesNotContain("200 OK");
    assertThat(raw("GET / HTTP/9.9\r\n\r\n")).doesNotContain("200 OK");
    assertThat(get("/")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theRequestInHandIsAnsweredBeforeTheServerCloses() throws Exception {
    var begun = new CountDownLatch(1);
    var closing = new CountDownLatch(1);
    handler.set((_, response) -> {
      begun.countDown();
      try {
        closing.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      response.send(200, new Headers(), new byte[] {'o', 'k'});
    });
    var answer = new AtomicReference<>("");
    Thread client =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.set(get("/slow"));
              } catch (IOException e) {
                answer.set(e.toString());
              }
            });
    begun.await();
    closing.countDown();
    server.close();
    client.join();
    assertThat(answer.get()).endsWith("ok");
    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private java.net.http.HttpResponse<byte[]> fetch(String path) throws IOException {
    var request = java.net.http.HttpRequest.newBuilder(uri(path)).build();
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aPortInUseIsRefusedByNumber() {
    try (var second = new HelidonServer((_, _) -> {})) {
      assertThatThrownBy(() -> second.start("127.0.0.1", port))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1 port " + port)
          .hasMessageContaining("in use");
    }
  }
}
