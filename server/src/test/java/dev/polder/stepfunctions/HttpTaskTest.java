package dev.polder.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that call a host.
class HttpTaskTest {
  private static final String CONNECTION =
      "arn:aws:events:us-east-1:000000000000:connection/api/00000000-0000-0000-0000-000000000000";

  @TempDir private Path directory;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private int machines;
  private HttpServer server;
  private Store store;
  private Time time;
  private Fixture fixture;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var headers = exchange.getRequestHeaders();
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + headers.getFirst("X-Key")
                  + " "
                  + headers.getFirst("X-Own")
                  + " "
                  + headers.getFirst("Content-Type")
                  + " "
                  + body);
          boolean busy = exchange.getRequestURI().getPath().equals("/busy") && requests.size() < 3;
          byte[] answer = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(busy ? 429 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    Path connections = directory.resolve("connections.json");
    Files.writeString(
        connections,
        "{\"api\":{\"AuthorizationType\":\"API_KEY\",\"AuthParameters\":{\"ApiKeyAuthParameters\":{"
            + "\"ApiKeyName\":\"X-Key\",\"ApiKeyValue\":\"secret\"},\"InvocationHttpParameters\":{"
            + "\"QueryStringParameters\":[{\"Key\":\"v\",\"Value\":\"1\"}]}}}}");
    store = RocksStore.open(directory.resolve("store"));
    time = RunningTime.skipping(TestPlatform.BEGIN);
    fixture =
        new Fixture(
                store,
                time,
                directory,
                new Fixture.Outside(),
                new StepFunctionsOptions(Optional.empty(), Set.of(), Optional.of(connections)))
            .started();
  }

  @AfterEach
  void close() {
    fixture.close();
    time.close();
    store.close();
    server.stop(0);
  }

  private String called(String path, String connection, String more) {
    String endpoint =
        path.startsWith("http") ? path : "http://127.0.0.1:" + server.getAddress().getPort() + path;
    String machine =
        fixture.machine(
            "http-" + machines++,
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"End\":true,"
                + "\"Resource\":\"arn:aws:states:::http:invoke\",\"Parameters\":{\"ApiEndpoint\":\""
                + endpoint
                + "\",\"Authentication\":{\"ConnectionArn\":\""
                + connection
                + "\"},"
                + more
                + "}}}");
    String arn = fixture.start(machine, "one", "{}");
    var end = fixture.end(arn);
    return end.output() == null ? end.error() + ": " + end.cause() : end.output();
  }

  @Test
  void theConnectionAddsWhatItHas() {
    String output =
        called(
            "/x",
            CONNECTION,
            "\"Method\":\"POST\",\"Headers\":{\"X-Own\":\"o\"},\"QueryParameters\":{\"q\":[1,\"é\"]},"
                + "\"RequestBody\":{\"a\":1}}");

    assertThat(requests)
        .containsExactly("POST /x?v=1&q=1&q=%C3%A9 secret o application/json {\"a\":1}");
    assertThat(Json.parseObject(output))
        .containsEntry("ResponseBody", Map.of("n", 1))
        .containsEntry("StatusCode", 200)
        .containsEntry("StatusText", "OK");
  }

  @Test
  void aBodyMayBeAForm() {
    called(
        "/x",
        CONNECTION,
        "\"Method\":\"POST\",\"RequestBody\":{\"a\":{\"b\":1},\"l\":[2,3]},\"Transform\":{"
            + "\"RequestBodyEncoding\":\"URL_ENCODED\",\"RequestEncodingOptions\":{"
            + "\"ArrayFormat\":\"BRACKETS\"}}}");

    assertThat(requests.getFirst())
        .endsWith("application/x-www-form-urlencoded a%5Bb%5D=1&l%5B%5D=2&l%5B%5D=3");
  }

  @Test
  void statusCodesAreErrorsThatMayBeRetried() {
    String retry =
        "\"Method\":\"GET\"},\"Retry\":[{\"ErrorEquals\":[\"States.Http.StatusCode.429\"]}]";
    assertThat(called("/busy", CONNECTION, retry)).contains("\"StatusCode\":200");
    assertThat(requests).hasSize(3);
  }

  @Test
  void hostsAndConnectionsThatAreNotConfiguredAreRefusedByName() {
    assertThat(called("https://example.com/x", CONNECTION, "\"Method\":\"GET\"}"))
        .startsWith("States.Http.Socket: The host example.com is not among");
    assertThat(called("/x", CONNECTION.replace("/api/", "/other/"), "\"Method\":\"GET\"}"))
        .startsWith("Events.ConnectionResource.NotFound");
    assertThat(requests).isEmpty();
  }

  @Test
  void aTestShowsWhatWasSentAndHidesWhatTheConnectionAdded() {
    String definition =
        "{\"Type\":\"Task\",\"End\":true,\"Resource\":\"arn:aws:states:::http:invoke\","
            + "\"Parameters\":{\"ApiEndpoint\":\"http://127.0.0.1:"
            + server.getAddress().getPort()
            + "/x\",\"Method\":\"GET\",\"Headers\":{\"X-Own\":\"o\"},"
            + "\"Authentication\":{\"ConnectionArn\":\""
            + CONNECTION
            + "\"}}}";
    var hidden =
        fixture
            .client()
            .testState(b -> b.definition(definition).roleArn(Fixture.ROLE).inspectionLevel("TRACE"))
            .inspectionData();
    var shown =
        fixture
            .client()
            .testState(b ->
                b.definition(definition)
                    .roleArn(Fixture.ROLE)
                    .inspectionLevel("TRACE")
                    .revealSecrets(true))
            .inspectionData();

    assertThat(hidden.request().method()).isEqualTo("GET");
    assertThat(hidden.request().headers()).contains("X-Own: o").doesNotContain("secret");
    assertThat(shown.request().headers()).contains("X-Key: secret");
    assertThat(hidden.response().statusCode()).isEqualTo("200");
    assertThat(hidden.response().body()).isEqualTo("{\"n\":1}");
  }
}
