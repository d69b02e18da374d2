package dev.polder.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.ApiDeployment;
import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.DeployedApi;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.auth.AuthSetting;
import dev.polder.appsync.auth.AuthSettings;
import dev.polder.appsync.auth.DevelopmentIssuer;
import dev.polder.appsync.auth.KeySource;
import dev.polder.appsync.run.Limits;
import dev.polder.appsync.transform.ConflictResolution;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.gateway.Gateway;
import dev.polder.gateway.GatewayOptions;
import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.http.HelidonServer;
import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.RunningTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Subscriptions of a deployed schema, from the mutation over HTTP to the message over WebSocket.
class RealtimeRouteTest {
  private static final String SCHEMA =
      """
      type Note @model @auth(rules: [{allow: public}, {allow: owner}]) {
        id: ID!
        title: String!
        stars: Int
        secret: String
      }
      type Diary @model @auth(rules: [{allow: owner}, {allow: groups, groups: ["Admin"]}]) {
        id: ID!
        text: String
      }
      """;

  private static final AuthSetting.UserPool POOL =
      new AuthSetting.UserPool("us-east-1_test", "us-east-1", null, false);

  @TempDir Path directory;
  private TestPlatform platform;
  private HelidonServer server;
  private DevelopmentIssuer issuer;
  private AppSyncService apis;
  private DeployedApi api;
  private int port;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void serve() {
    platform = TestPlatform.in(directory, RunningTime.real());
    Platform given = platform.platform();
    platform.add(DynamoDbService::new);
    issuer = new DevelopmentIssuer(given.store(), given.time(), given.ids());
    apis = platform.add(made -> new AppSyncService(made).with(KeySource.none(made.time()), issuer));
    api =
        apis.deploy(
            Scope.DEFAULT,
            new ApiDeployment(
                "notes",
                "dev",
                Generation.V2,
                SCHEMA,
                Map.of(),
                Map.of(),
                ConflictResolution.NONE,
                new AuthSettings(new AuthSetting.ApiKey(), List.of(POOL)),
                null,
                Limits.STANDARD));
    var options = GatewayOptions.of(given.time(), given.ids());
    var signers =
        new Signers(
            new Authenticator(options.authentication(), options.sessions(), options.time()));
    var gateway =
        new Gateway(List.of(), options)
            .route(GraphqlRoute.PREFIX, new GraphqlRoute(apis, given.ids(), signers))
            .webSocket(GraphqlRoute.PREFIX, new RealtimeRoute(apis, given.ids(), signers));
    server = new HelidonServer(gateway, gateway, null);
    port = server.start("127.0.0.1", 0);
  }

  @AfterEach
  void close() {
    http.shutdownNow();
    server.close();
    platform.close();
  }

  private Map<String, Object> key() {
    return Map.of("host", "127.0.0.1", "x-api-key", String.valueOf(api.apiKey()));
  }

  private Map<String, Object> user(String name, String... groups) {
    String token =
        issuer.issue(
            new DevelopmentIssuer.Wanted(
                POOL.issuer(), "app", name, List.of(groups), Map.of(), true, Duration.ofHours(1)));
    return Map.of("host", "127.0.0.1", "Authorization", token);
  }

  /// A client that keeps what it is told.
  private final class Client implements WebSocket.Listener {
    private final BlockingQueue<Map<String, Object>> received = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    Client(Map<String, Object> authorization, boolean inProtocol) {
      byte[] header = Json.write(authorization).getBytes(UTF_8);
      String url = "ws://127.0.0.1:" + port + "/graphql/" + api.apiId() + "/realtime";
      if (inProtocol) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(header);
        socket =
            http.newWebSocketBuilder()
                .subprotocols("graphql-ws", "header-" + encoded)
                .buildAsync(URI.create(url), this)
                .join();
      } else {
        String encoded = Base64.getEncoder().encodeToString(header).replace("=", "%3D");
        socket =
            http.newWebSocketBuilder()
                .subprotocols("graphql-ws")
                .buildAsync(URI.create(url + "?header=" + encoded + "&payload=e30="), this)
                .join();
      }
      assertThat(socket.getSubprotocol()).isEqualTo("graphql-ws");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        Map<String, Object> message = Json.parseObject(parts.toString());
        parts.setLength(0);
        if (!"ka".equals(message.get("type"))) {
          received.add(message);
        }
      }
      from.request(1);
      return null;
    }

    void send(Map<String, ?> message) {
      socket.sendText(Json.write(message), true).join();
    }

    Map<String, Object> next() throws InterruptedException {
      return Objects.requireNonNull(received.poll(60, TimeUnit.SECONDS), "a message");
    }

    void init() throws InterruptedException {
      send(Map.of("type", "connection_init"));
      assertThat(next()).containsEntry("type", "connection_ack");
    }

    Map<String, Object> start(
        String id, Map<String, Object> authorization, String query, Map<String, ?> variables)
        throws InterruptedException {
      send(
          Map.of(
              "id",
              id,
              "type",
              "start",
              "payload",
              Map.of(
                  "data",
                  Json.write(Map.of("query", query, "variables", variables)),
                  "extensions",
                  Map.of("authorization", authorization))));
      return next();
    }
  }

  private Map<String, Object> post(Map<String, Object> authorization, String query)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql/" + api.apiId()))
            .POST(BodyPublishers.ofString(Json.write(Map.of("query", query))));
    authorization.forEach((name, value) -> {
      if (!name.equals("host")) {
        request.header(name, String.valueOf(value));
      }
    });
    return Json.parseObject(http.send(request.build(), BodyHandlers.ofString()).body());
  }

  private static Map<String, Object> data(String id, Map<String, Object> data) {
    return Map.of("id", id, "type", "data", "payload", Map.of("data", data));
  }

  @Test
  void aMutationReachesWhoWantsToHearOfItWithWhatItSelected() throws Exception {
    var client = new Client(key(), true);
    client.init();
    String all = "subscription S { made: onCreateNote { __typename id title stars } }";
    String starred =
        "subscription S($f: ModelSubscriptionNoteFilterInput) { onCreateNote(filter: $f) { title } }";
    assertThat(client.start("1", key(), all, Map.of())).containsEntry("type", "start_ack");
    assertThat(client.start("2", key(), starred, Map.of("f", Map.of("stars", Map.of("gt", 3)))))
        .containsEntry("type", "start_ack");
    assertThat(apis.subscribers(api.apiId())).isEqualTo(2);
    post(
        key(),
        "mutation { n: createNote(input: {id: \"a\", title: \"A\", stars: 3}) { id t: title } }");
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("__typename", "Note");
    seen.put("id", "a");
    seen.put("title", "A");
    seen.put("stars", null);
    assertThat(client.next()).isEqualTo(data("1", Map.of("made", seen)));
    post(
        key(),
        "mutation { createNote(input: {id: \"b\", title: \"B\", stars: 4}) { title stars } }");
    // Messages of one subscription are in order, those of several are not.
    assertThat(List.of(client.next(), client.next()))
        .contains(data("2", Map.of("onCreateNote", Map.of("title", "B"))));
    client.send(Map.of("type", "stop", "id", "1"));
    assertThat(client.next()).isEqualTo(Map.of("id", "1", "type", "complete"));
    client.socket.abort();
  }

  @Test
  void anOwnerHearsOfItsOwnAndAnAdministratorOfAll() throws Exception {
    var client = new Client(key(), false);
    client.init();
    String query = "subscription { onCreateDiary { id owner } }";
    assertThat(client.start("ann", user("ann"), query, Map.of()))
        .containsEntry("type", "start_ack");
    assertThat(client.start("bob", user("bob"), query, Map.of()))
        .containsEntry("type", "start_ack");
    assertThat(client.start("root", user("eve", "Admin"), query, Map.of()))
        .containsEntry("type", "start_ack");
    assertThat(client.start("key", key(), query, Map.of()).toString())
        .contains("Not Authorized to access onCreateDiary on type Subscription");
    String named = "subscription { onCreateDiary(owner: \"ann\") { id } }";
    assertThat(client.start("other", user("bob"), named, Map.of()).toString())
        .contains("Not Authorized to access onCreateDiary on type Subscription");
    post(user("bob"), "mutation { createDiary(input: {id: \"1\"}) { id owner } }");
    List<Object> heard = List.of(client.next().get("id"), client.next().get("id"));
    assertThat(heard).containsExactlyInAnyOrder("bob", "root");
    client.socket.abort();
  }

  @Test
  void argumentsFilterUntilAFilterTakesTheirPlace() throws Exception {
    var client = new Client(key(), false);
    client.init();
    Map<String, Object> root = user("eve", "Admin");
    String named = "subscription { onCreateDiary(owner: \"ann\") { id } }";
    String filtered =
        "subscription { onCreateDiary(owner: \"ann\", filter: {text: {eq: \"x\"}}) { id } }";
    assertThat(client.start("named", root, named, Map.of())).containsEntry("type", "start_ack");
    assertThat(client.start("filtered", root, filtered, Map.of()))
        .containsEntry("type", "start_ack");
    post(
        user("bob"), "mutation { createDiary(input: {id: \"1\", text: \"x\"}) { id text owner } }");
    assertThat(client.next().get("id")).isEqualTo("filtered");
    post(
        user("ann"), "mutation { createDiary(input: {id: \"2\", text: \"y\"}) { id text owner } }");
    assertThat(client.next().get("id")).isEqualTo("named");
    client.socket.abort();
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    var stranger = new Client(Map.of("x-api-key", "da2-wrong"), true);
    assertThat(stranger.next())
        .isEqualTo(
            Map.of(
                "type",
                "connection_error",
                "payload",
                Map.of(
                    "errors",
                    List.of(
                        Map.of(
                            "errorType",
                            "UnauthorizedException",
                            "message",
                            "You are not authorized to make this call.",
                            "errorCode",
                            401)))));
    var client = new Client(key(), true);
    client.init();
    assertThat(client.start("1", key(), "subscription { onCreateNote { nope } }", Map.of()))
        .containsEntry("type", "error")
        .asString()
        .contains(
            "Validation error of type FieldUndefined: Field 'nope' in type 'Note' is undefined");
    assertThat(
            client.start("2", key(), "query { listNotes { items { id } } }", Map.of()).toString())
        .contains("query not supported through the realtime channel");
    assertThat(
            client.start(
                "3",
                Map.of("x-api-key", "wrong"),
                "subscription { onCreateNote { id } }",
                Map.of()))
        .containsEntry("type", "error")
        .asString()
        .contains("UnauthorizedException");
    client.socket.abort();
    assertThat(apis.subscribers(api.apiId())).isZero();
  }
}
