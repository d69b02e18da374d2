package dev.polder.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.auth.Asked;
import dev.polder.appsync.run.Request;
import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.appsync.model.ApiKeyValidityOutOfBoundsException;
import software.amazon.awssdk.services.appsync.model.AuthenticationType;
import software.amazon.awssdk.services.appsync.model.BadRequestException;
import software.amazon.awssdk.services.appsync.model.DataSourceType;
import software.amazon.awssdk.services.appsync.model.NotFoundException;
import software.amazon.awssdk.services.appsync.model.OutputType;
import software.amazon.awssdk.services.appsync.model.ResolverKind;
import software.amazon.awssdk.services.appsync.model.SchemaStatus;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// The management API, and that what it makes is served.
class LocalAppSyncTest {
  private static final String SDL =
      "type Query { hello(name: String): Greeting } type Greeting { text: String at: AWSDateTime }";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:hello";

  @TempDir Path directory;
  private TestPlatform platform;
  private AppSyncService service;
  private AppSyncClient client;
  private final List<Map<String, Object>> events = new ArrayList<>();

  @BeforeEach
  void start() {
    open();
  }

  private void open() {
    platform = TestPlatform.in(directory);
    platform.add(LambdaClient.class, new Hello());
    service = platform.add(AppSyncService::new);
    client = platform.client(AppSyncClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private final class Hello implements LambdaClient {
    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      assertThat(request.functionName()).isEqualTo(FUNCTION);
      Map<String, Object> event = Json.parseObject(request.payload().asUtf8String());
      events.add(event);
      return InvokeResponse.builder()
          .payload(SdkBytes.fromUtf8String("{\"text\": \"hello\"}"))
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private String create() {
    return client
        .createGraphqlApi(api ->
            api.name("mine").authenticationType(AuthenticationType.API_KEY).tags(Map.of("a", "b")))
        .graphqlApi()
        .apiId();
  }

  private void schema(String apiId, String sdl) {
    var definition = SdkBytes.fromUtf8String(sdl);
    assertThat(client.startSchemaCreation(it -> it.apiId(apiId).definition(definition)).status())
        .isEqualTo(SchemaStatus.PROCESSING);
  }

  private SchemaStatus status(String apiId) {
    return client.getSchemaCreationStatus(it -> it.apiId(apiId)).status();
  }

  private void attach(String apiId) {
    client.createDataSource(it ->
        it.apiId(apiId)
            .name("hello")
            .type(DataSourceType.AWS_LAMBDA)
            .lambdaConfig(lambda -> lambda.lambdaFunctionArn(FUNCTION)));
    client.createResolver(
        it -> it.apiId(apiId).typeName("Query").fieldName("hello").dataSourceName("hello"));
  }

  private Map<String, ?> ask(String apiId, String key, String query) {
    var asked =
        new Asked(apiId, "r", Map.of("x-api-key", key), "127.0.0.1", null, query, null, Map.of());
    var identity = service.identify(asked);
    return service
        .execute(apiId, new Request(query, null, Map.of(), Map.of("h", "1"), identity, false))
        .body();
  }

  @Test
  void anApiWithAFunctionOnAFieldAnswersAndOutlivesARestart() {
    String apiId = create();
    String key = client.createApiKey(it -> it.apiId(apiId)).apiKey().id();
    assertThat(status(apiId)).isEqualTo(SchemaStatus.NOT_APPLICABLE);
    schema(apiId, SDL);
    assertThat(status(apiId)).isEqualTo(SchemaStatus.SUCCESS);
    attach(apiId);
    String query = "query Q { hello(name: \"x\") { text } }";
    Object greeting = Map.of("hello", Map.of("text", "hello"));
    assertThat(ask(apiId, key, query).get("data")).isEqualTo(greeting);
    assertThat(events.getFirst())
        .containsEntry("arguments", Map.of("name", "x"))
        .containsEntry("stash", Map.of())
        .containsEntry("source", null);
    assertThat((Map<?, ?>) events.getFirst().get("info"))
        .isEqualTo(
            Map.of(
                "selectionSetList", List.of("text"),
                "selectionSetGraphQL", "{\n  text\n}",
                "parentTypeName", "Query",
                "fieldName", "hello",
                "variables", Map.of()));
    platform.close();
    open();
    assertThat(ask(apiId, key, query).get("data")).isEqualTo(greeting);
    client.deleteResolver(it -> it.apiId(apiId).typeName("Query").fieldName("hello"));
    assertThat(String.valueOf(ask(apiId, key, query).get("data"))).isEqualTo("{hello=null}");
  }

  @Test
  void aWrongSchemaLeavesTheOneBefore() {
    String apiId = create();
    schema(apiId, SDL);
    schema(apiId, "type Query { a: Nowhere }");
    var status = client.getSchemaCreationStatus(it -> it.apiId(apiId));
    assertThat(status.status()).isEqualTo(SchemaStatus.FAILED);
    assertThat(status.details()).contains("Nowhere");
    var sdl = client.getIntrospectionSchema(it -> it.apiId(apiId).format(OutputType.SDL));
    assertThat(sdl.schema().asUtf8String()).isEqualTo(SDL);
    var json = client.getIntrospectionSchema(it -> it.apiId(apiId).format(OutputType.JSON));
    assertThat(Json.parseObject(json.schema().asUtf8String())).containsKey("data");
  }

  @Test
  void keysLastFromADayToAYear() {
    String apiId = create();
    var now = platform.time().instant();
    assertThat(client.createApiKey(it -> it.apiId(apiId)).apiKey().expires())
        .isEqualTo(now.plus(Duration.ofDays(7)).getEpochSecond());
    for (Duration lasting : List.of(Duration.ofHours(22), Duration.ofDays(366))) {
      assertThatThrownBy(() ->
              client.createApiKey(
                  it -> it.apiId(apiId).expires(now.plus(lasting).getEpochSecond())))
          .isInstanceOf(ApiKeyValidityOutOfBoundsException.class);
    }
    assertThat(client.listApiKeys(it -> it.apiId(apiId)).apiKeys()).hasSize(1);
  }

  @Test
  void whatCouldNotBeServedIsRefusedByName() {
    String apiId = create();
    schema(apiId, SDL);
    attach(apiId);
    assertThatThrownBy(() ->
            client.updateResolver(it ->
                it.apiId(apiId)
                    .typeName("Query")
                    .fieldName("hello")
                    .dataSourceName("hello")
                    .requestMappingTemplate("{}")))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("RequestMappingTemplate is not supported");
    assertThatThrownBy(() ->
            client.updateResolver(it ->
                it.apiId(apiId).typeName("Query").fieldName("hello").kind(ResolverKind.PIPELINE)))
        .hasMessageContaining("Kind PIPELINE is not supported");
    assertThatThrownBy(() ->
            client.createDataSource(it -> it.apiId(apiId).name("web").type(DataSourceType.HTTP)))
        .hasMessageContaining("HTTP is not supported");
    client.createDataSource(it -> it.apiId(apiId).name("none").type(DataSourceType.NONE));
    assertThatThrownBy(() ->
            client.createResolver(it ->
                it.apiId(apiId).typeName("Greeting").fieldName("text").dataSourceName("none")))
        .hasMessageContaining("NONE is not supported");
    assertThatThrownBy(() -> client.deleteDataSource(it -> it.apiId(apiId).name("hello")))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void anApiGoesWithAllThatBelongsToIt() {
    String apiId = create();
    String arn = client.getGraphqlApi(it -> it.apiId(apiId)).graphqlApi().arn();
    client.tagResource(it -> it.resourceArn(arn).tags(Map.of("c", "d")));
    client.untagResource(it -> it.resourceArn(arn).tagKeys("a"));
    assertThat(client.listTagsForResource(it -> it.resourceArn(arn)).tags())
        .isEqualTo(Map.of("c", "d"));
    client.putGraphqlApiEnvironmentVariables(
        it -> it.apiId(apiId).environmentVariables(Map.of("AB", "c")));
    client.deleteGraphqlApi(it -> it.apiId(apiId));
    assertThat(client.listGraphqlApis(it -> {}).graphqlApis()).isEmpty();
    assertThatThrownBy(() -> client.listApiKeys(it -> it.apiId(apiId)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.getGraphqlApiEnvironmentVariables(it -> it.apiId(apiId)))
        .isInstanceOf(NotFoundException.class);
  }
}
