package dev.polder.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.ApiDeployment;
import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.DeployedApi;
import dev.polder.appsync.api.Generation;
import dev.polder.gateway.Gateway;
import dev.polder.gateway.GatewayOptions;
import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.http.HelidonServer;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An API as its clients see it over HTTP.
class GraphqlRouteTest {
  private static final String STRICT = "application/graphql-response+json";

  @TempDir Path directory;
  private TestPlatform platform;
  private HelidonServer server;
  private URI endpoint;
  private String key;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void serve() {
    platform = TestPlatform.in(directory);
    AppSyncService apis = platform.add(AppSyncService::new);
    DeployedApi api =
        apis.deploy(
            Scope.DEFAULT,
            ApiDeployment.of("notes", "dev", Generation.V2, "type Query { hello: String }"));
    var options = GatewayOptions.of(platform.platform().time(), platform.platform().ids());
    var signers =
        new Signers(
            new Authenticator(
                options.authentication(), options.sessions(), platform.platform().time()));
    var requests = new GraphqlRoute(apis, platform.platform().ids(), signers);
    var subscriptions = new RealtimeRoute(apis, platform.platform().ids(), signers);
    var gateway =
        new Gateway(List.of(), options)
            .route(GraphqlRoute.PREFIX, requests)
            .route(GraphqlRoute::isByHost, requests)
            .webSocket(GraphqlRoute.PREFIX, subscriptions)
            .webSocket(GraphqlRoute::isByHost, subscriptions);
    server = new HelidonServer(gateway, gateway, null);
    int port = server.start("127.0.0.1", 0);
    endpoint = URI.create("http://127.0.0.1:" + port + "/graphql/" + api.apiId());
    key = String.valueOf(api.apiKey());
  }

  @AfterEach
  void close() {
    http.close();
    server.close();
    platform.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder post(String body) {
    return HttpRequest.newBuilder(endpoint)
        .header("x-api-key", key)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  @Test
  void anEndpointThatIsTakenForAServerAnswersBelowItself() throws Exception {
    endpoint = URI.create(endpoint + "/graphql");
    assertThat(send(post("{\"query\": \"{ hello }\"}")).body()).contains("\"hello\":null");
  }

  @Test
  void answersOverPost() throws Exception {
    var answer = send(post("{\"query\":\"{ hello __typename }\"}"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"data\":{\"hello\":null,\"__typename\":\"Query\"}}");
    assertThat(answer.headers().firstValue("content-type"))
        .contains("application/json;charset=UTF-8");
    assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
  }

  @Test
  void answersOverGet() throws Exception {
    String query = URLEncoder.encode("query A { hello }", StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create(endpoint + "?query=" + query + "&operationName=A"))
            .header("x-api-key", key);
    assertThat(send(request).body()).isEqualTo("{\"data\":{\"hello\":null}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 400 | Request body is empty.",
        "meow | 400 | Unable to parse GraphQL query.",
        "{} | 400 | Unable to parse GraphQL query.",
        "[] | 400 | Unable to parse GraphQL query.",
        "{\"query\":\"{\"} | 400 | Unable to parse GraphQL query.",
        "{\"query\":\"query A { hello } query B { hello }\"} | 400 | Missing operation name.",
        "{\"query\":\"{ nope }\"} | 200 | Field 'nope' in type 'Query' is undefined",
      })
  void malformedRequestsAreRefusedWithTheirStatus(String body, int status, String message)
      throws Exception {
    var answer = send(post(body));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(message);
  }

  @Test
  void callersMustBeKnown() throws Exception {
    var without =
        send(
            HttpRequest.newBuilder(endpoint)
                .POST(BodyPublishers.ofString("{\"query\":\"{ hello }\"}")));
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("x-amzn-errortype")).contains("UnauthorizedException");
    var wrong =
        send(
            HttpRequest.newBuilder(endpoint)
                .header("x-api-key", "da2-wrong")
                .POST(BodyPublishers.ofString("{\"query\":\"{ hello }\"}")));
    assertThat(wrong.body())
        .isEqualTo(
            "{\"errors\":[{\"errorType\":\"UnauthorizedException\","
                + "\"message\":\"You are not authorized to make this call.\"}]}");
  }

  @Test
  void specificationIsFollowedWhereAsked() throws Exception {
    var invalid = send(post("{\"query\":\"{ nope }\"}").header("accept", STRICT));
    assertThat(invalid.statusCode()).isEqualTo(400);
    assertThat(invalid.headers().firstValue("content-type")).contains(STRICT + ";charset=UTF-8");
    assertThat(invalid.body()).doesNotContain("\"data\"").contains("\"line\":1");
    var preferred =
        send(
            post("{\"query\":\"{ hello }\"}")
                .header("accept", "application/json;q=0.5, " + STRICT));
    assertThat(preferred.headers().firstValue("content-type")).contains(STRICT + ";charset=UTF-8");
  }

  @Test
  void pagesOfThisMachineMayAsk() throws Exception {
    var preflight =
        send(
            HttpRequest.newBuilder(endpoint)
                .header("origin", "http://localhost:3000")
                .header("access-control-request-headers", "x-api-key,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("access-control-allow-headers"))
        .contains("x-api-key,content-type");
    var answer = send(post("{\"query\":\"{ hello }\"}").header("origin", "http://localhost:3000"));
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
  }

  @Test
  void largeBodiesAndUnknownApisAreRefused() throws Exception {
    String large =
        "{\"query\":\"{ hello }\",\"variables\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}";
    assertThat(send(post(large)).statusCode()).isEqualTo(413);
    var elsewhere =
        HttpRequest.newBuilder(endpoint.resolve("/graphql/nothing"))
            .POST(BodyPublishers.ofString("{}"));
    assertThat(send(elsewhere).statusCode()).isEqualTo(404);
  }

  /// Sends a request that names a host of its own, and reads the first bytes of the answer.
  private String ask(String request) throws Exception {
    try (var socket = new Socket("127.0.0.1", endpoint.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      byte[] read = new byte[4096];
      int length = socket.getInputStream().read(read);
      return new String(read, 0, length, StandardCharsets.UTF_8);
    }
  }

  private String apiId() {
    return endpoint.getPath().substring(GraphqlRoute.PREFIX.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".appsync-api.eu-west-1.amazonaws.com",
        ".appsync-api.us-east-1.localhost:4566",
        ".APPSYNC-API.us-east-1.polder.test"
      })
  void anApiAnswersAtItsOwnHost(String domain) throws Exception {
    String body = "{\"query\":\"{ hello }\"}";
    String answer =
        ask(
            "POST /graphql HTTP/1.1\nHost: %s%s\nx-api-key: %s\nContent-Length: %d\nConnection: close\n\n%s"
                .formatted(apiId(), domain, key, body.length(), body));
    assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"data\":{\"hello\":null}}");
  }

  @Test
  void aHostOfNoApiIsNotFound() throws Exception {
    assertThat(
            ask(
                "POST /graphql HTTP/1.1\nHost: nobody.appsync-api.eu-west-1.amazonaws.com\nContent-Length: 0\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 404");
  }

  @ParameterizedTest
  @CsvSource({
    ".appsync-realtime-api.eu-west-1.amazonaws.com, /graphql",
    ".appsync-api.eu-west-1.localhost, /graphql/realtime"
  })
  void clientsSubscribeAtAnApisOwnHost(String domain, String path) throws Exception {
    assertThat(
            ask(
                "GET %s HTTP/1.1\nHost: %s%s\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\nSec-WebSocket-Protocol: graphql-ws\n\n"
                    .formatted(path, apiId(), domain)))
        .startsWith("HTTP/1.1 101");
  }
}
