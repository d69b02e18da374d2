package dev.polder.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.kernel.LocalHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Requests from within the process.
class InProcessTest {
  private static LocalHttp server(HttpHandler handler) {
    return new InProcess(handler, () -> URI.create("http://localhost:4566"));
  }

  private static LocalHttp.Answer send(HttpHandler handler, String body) throws IOException {
    return server(handler)
        .send(
            "POST",
            "/a%20b",
            "c=d",
            Map.of("X-Some", List.of("1", "2")),
            new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  @Test
  void servesTheAddressOfTheServerAlone() {
    LocalHttp server = server((_, _) -> {});
    assertThat(server.serves("http", "localhost", 4566)).isTrue();
    assertThat(server.serves("http", "127.0.0.1", 4566)).isTrue();
    assertThat(server.serves("http", "127.0.0.1", 4567)).isFalse();
    assertThat(server.serves("https", "127.0.0.1", 4566)).isFalse();
    assertThat(server.serves("http", "example.com", 4566)).isFalse();
  }

  @Test
  void theHandlerSeesTheRequestAndTheCallerTheAnswer() throws IOException {
    LocalHttp.Answer answer =
        send(
            (request, response) ->
                response.send(
                    201,
                    Headers.of("X-Seen", String.join("+", request.headers().all("x-some"))),
                    (request.method()
                            + request.rawPath()
                            + "?"
                            + request.rawQuery()
                            + new String(request.bytes(10), UTF_8))
                        .getBytes(UTF_8)),
            "!");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers()).containsEntry("X-Seen", List.of("1+2"));
    assertThat(answer.body()).hasBinaryContent("POST/a%20b?c=d!".getBytes(UTF_8));
  }

  @Test
  void aLongAnswerIsReadWhileItIsWritten() throws IOException {
    byte[] chunk = new byte[1 << 16];
    LocalHttp.Answer answer =
        send(
            (_, response) -> {
              try (var out = response.stream(200, Headers.of(), -1)) {
                for (int i = 0; i < 1000; i++) {
                  out.write(chunk);
                }
              }
            },
            "");
    try (InputStream body = answer.body()) {
      assertThat(body.skip(1000L * chunk.length)).isEqualTo(1000L * chunk.length);
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void anAnswerThatBreaksOffFailsTheReader() throws IOException {
    LocalHttp.Answer answer =
        send(
            (_, response) -> {
              response.stream(200, Headers.of(), 10).write('x');
              throw new IllegalStateException("broken");
            },
            "");
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void aHandlerThatFailsOrAnswersNothingIsAnIoException() {
    assertThatThrownBy(() -> send((_, _) -> {}, "")).isInstanceOf(IOException.class);
    assertThatThrownBy(() ->
            send(
                (_, _) -> {
                  throw new IllegalStateException("broken");
                },
                ""))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void anInterruptedCallerLeavesTheHandlerAtWork() throws Exception {
    var goesOn = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            send(
                (_, response) -> {
                  try {
                    goesOn.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  response.empty(204, Headers.of());
                  done.countDown();
                },
                ""))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    goesOn.countDown();
    done.await();
  }
}
