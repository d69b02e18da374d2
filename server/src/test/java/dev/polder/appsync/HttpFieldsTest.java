package dev.polder.appsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.polder.appsync.api.Generation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields with `@http`, over a host that tells what it was asked.
class HttpFieldsTest {
  private static final String SCHEMA =
      """
      type Query {
        one(id: ID!, long: Boolean): Echo
          @http(url: "http://localhost:PORT/${env}/posts/:id", headers: [{key: "X-Own", value: "${env}"}])
        gone: Echo @http(url: "http://localhost:PORT/gone")
        far: Echo @http(url: "https://far.example.com/x")
      }
      type Mutation {
        put(title: String!, n: Int): Echo @http(method: PUT, url: "http://localhost:PORT/put")
      }
      type Echo { method: String address: String body: String own: String }
      """;

  @TempDir Path directory;
  private HttpServer host;
  private ServedSchema api;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void deploy() throws IOException {
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext("/", this::echo);
    host.start();
    String port = String.valueOf(host.getAddress().getPort());
    api = new ServedSchema(directory, Generation.V2, SCHEMA.replace("PORT", port));
  }

  @AfterEach
  void close() {
    api.close();
    host.stop(0);
  }

  private void echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(exchange.getRequestMethod());
    boolean gone = exchange.getRequestURI().getPath().equals("/gone");
    byte[] answer =
        (gone
                ? "no longer here"
                : "{\"method\":\"%s\",\"address\":\"%s\",\"body\":\"%s\",\"own\":\"%s\"}"
                    .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        body.replace("\"", "'"),
                        exchange.getRequestHeaders().getFirst("X-Own")))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", gone ? "text/plain" : "application/json");
    exchange.sendResponseHeaders(gone ? 410 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void argumentsGoIntoPathAndQuery() {
    assertThat(
            api.ask("{ one(params: {id: \"a b/c\"}, query: {long: true}) { method address own } }"))
        .isEqualTo(
            "{\"data\":{\"one\":{\"method\":\"GET\",\"address\":\"/dev/posts/a%20b%2Fc?long=true\","
                + "\"own\":\"dev\"}}}");
  }

  @Test
  void argumentsGoIntoTheBody() {
    assertThat(api.ask("mutation { put(body: {title: \"T\", n: 2}) { method address body } }"))
        .isEqualTo(
            "{\"data\":{\"put\":{\"method\":\"PUT\",\"address\":\"/put\",\"body\":\"{'title':'T','n':2}\"}}}");
  }

  @Test
  void requiredArgumentIsAskedForBeforeTheHostIs() {
    assertThat(api.ask("mutation { put(body: {n: 2}) { method } }"))
        .contains("is not present in the query nor the body of your request.");
    assertThat(asked).isEmpty();
  }

  @Test
  void anyOtherAnswerIsAnErrorOfItsStatus() {
    assertThat(api.ask("{ gone { method } }"))
        .contains("\"errorType\":\"410\"", "\"message\":\"no longer here\"", "\"gone\":null");
  }

  @Test
  void hostThatNobodyAllowedIsNotCalled() {
    assertThat(api.ask("{ far { method } }"))
        .contains("The host far.example.com is not among those that http-hosts allows");
  }
}
