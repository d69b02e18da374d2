package dev.polder.appsync;

import dev.polder.appsync.api.Generation;
import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.trace.Tracer;
import dev.polder.telemetry.OpenTelemetryTracer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A schema that a test deploys and asks.
final class ServedSchema implements AutoCloseable {
  private final TestPlatform platform;
  private final AppSyncService service;
  private final OpenTelemetryTracer tracer;
  private final Set<String> asked = new HashSet<>();
  private DeployedApi api;

  ServedSchema(Path directory, Generation generation, String schema) {
    platform = TestPlatform.in(directory);
    platform.add(DynamoDbService::new);
    tracer = new OpenTelemetryTracer(Ids.seeded(1), platform.time(), Optional.empty());
    service = platform.add(each -> new AppSyncService(traced(each, tracer)));
    api = deploy(generation, schema);
  }

  private static Platform traced(Platform platform, Tracer tracer) {
    return new Platform(
        platform.store(),
        platform.time(),
        platform.ids(),
        platform.events(),
        platform.lake(),
        platform.clients(),
        platform.calls(),
        platform.data(),
        platform.endpoint(),
        tracer);
  }

  /// The calls of services since this was last asked, such as `DynamoDB.Query`.
  List<String> calls() {
    return tracer.traces().stream()
        .filter(asked::add)
        .flatMap(trace -> tracer.spans(trace).stream())
        .filter(span -> span.attributes().containsKey("aws.operation"))
        .map(span -> span.name() + "." + span.attributes().get("aws.operation"))
        .toList();
  }

  DeployedApi deploy(Generation generation, String schema) {
    api = service.deploy(Scope.DEFAULT, ApiDeployment.of("test", "dev", generation, schema));
    return api;
  }

  DeployedApi api() {
    return api;
  }

  TestPlatform platform() {
    return platform;
  }

  DynamoDbClient tables() {
    return platform.client(DynamoDbClient.class);
  }

  /// The whole answer as JSON text.
  String ask(String query) {
    return ask(query, Map.of());
  }

  String ask(String query, Map<String, Object> variables) {
    var request = new Request(query, null, variables, Map.of(), Identity.apiKey(), false);
    return Json.write(service.execute(api.apiId(), request).body());
  }

  /// What a query that has no errors answers.
  JsonObject data(String query) {
    var body = new JsonObject(Json.parseObject(ask(query)));
    if (body.has("errors")) {
      throw new AssertionError(Json.write(body.members()));
    }
    return body.object("data");
  }

  /// One member of every item of a connection.
  List<String> each(String query, String connection, String field) {
    return data(query).object(connection).objects("items").stream()
        .map(item -> item.text(field))
        .toList();
  }

  @Override
  public void close() {
    platform.close();
    tracer.close();
  }
}
