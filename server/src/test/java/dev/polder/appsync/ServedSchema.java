package dev.polder.appsync;

import dev.polder.appsync.api.Generation;
import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import dev.polder.appsync.run.Trace;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A schema that a test deploys and asks.
final class ServedSchema implements AutoCloseable {
  private final TestPlatform platform;
  private final AppSyncService service;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private DeployedApi api;

  ServedSchema(Path directory, Generation generation, String schema) {
    platform = TestPlatform.in(directory);
    platform.add(DynamoDbService::new);
    service = platform.add(each -> new AppSyncService(each).with(new Calls()));
    api = deploy(generation, schema);
  }

  /// Notes the calls of services.
  private final class Calls implements Trace {
    @Override
    public Span open(
        @Nullable Span parent, Kind kind, String name, Map<String, String> attributes) {
      if (kind == Kind.CALL) {
        calls.add(name);
      }
      return Span.NONE;
    }
  }

  /// The calls of services since this was last asked, such as `DynamoDB.Query`.
  List<String> calls() {
    List<String> made = List.copyOf(calls);
    calls.clear();
    return made;
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

  AppSyncService service() {
    return service;
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
  }
}
