package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.appsync.model.CreateGraphqlApiRequest;
import software.amazon.awssdk.services.appsync.model.GraphqlApi;
import software.amazon.awssdk.services.appsync.model.NotFoundException;
import software.amazon.awssdk.services.appsync.model.SchemaStatus;
import software.amazon.awssdk.services.appsync.model.UpdateGraphqlApiRequest;

/// `AWS::AppSync::GraphQLApi`. Not supported are logs, metrics, and merged and private APIs.
final class GraphqlApiType implements ResourceType {
  @Override
  public String name() {
    return "AWS::AppSync::GraphQLApi";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.capitalised(CreateGraphqlApiRequest.builder())
        .without("LogConfig", "EnhancedMetricsConfig", "MergedApiExecutionRoleArn")
        .with("EnvironmentVariables", new Shape.MapOf(Shape.SCALAR))
        .with("Tags", Shape.TAGS)
        .requiring("Name", "AuthenticationType");
  }

  @Override
  public Set<String> attributes() {
    return Set.of(
        "ApiId",
        "Arn",
        "GraphQLUrl",
        "GraphQLDns",
        "GraphQLEndpointArn",
        "RealtimeUrl",
        "RealtimeDns");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("ApiType", "Visibility");
  }

  private static Map<String, Object> members(ResourceCall call) {
    return MemberNames.lowered(call.without("Tags", "EnvironmentVariables"));
  }

  @Override
  public Made create(ResourceCall call) {
    var appsync = call.client(AppSyncClient.class);
    var request =
        Shape.fill(CreateGraphqlApiRequest.builder(), members(call)).tags(call.tags()).build();
    GraphqlApi api =
        untouched(call, request.name())
            .orElseGet(() -> appsync.createGraphqlApi(request).graphqlApi());
    Map<String, String> variables = variables(call.properties());
    if (!variables.isEmpty()) {
      appsync.putGraphqlApiEnvironmentVariables(
          b -> b.apiId(api.apiId()).environmentVariables(variables));
    }
    return made(api);
  }

  /// What a step that was cut off by a crash has made: names of APIs are not unique, but nothing
  /// can have been done with that one yet.
  private static Optional<GraphqlApi> untouched(ResourceCall call, String name) {
    if (!call.resumed()) {
      return Optional.empty();
    }
    var appsync = call.client(AppSyncClient.class);
    return appsync.listGraphqlApisPaginator(b -> {}).graphqlApis().stream()
        .filter(api -> api.name().equals(name) && api.tags().equals(call.tags()))
        .filter(api ->
            appsync.getSchemaCreationStatus(b -> b.apiId(api.apiId())).status()
                    == SchemaStatus.NOT_APPLICABLE
                && appsync.listApiKeys(b -> b.apiId(api.apiId())).apiKeys().isEmpty()
                && appsync.listDataSources(b -> b.apiId(api.apiId())).dataSources().isEmpty())
        .findFirst();
  }

  private static Map<String, String> variables(Map<String, Object> properties) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (properties.get("EnvironmentVariables") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> variables.put(String.valueOf(name), Values.text(value)));
    }
    return variables;
  }

  private static Made made(GraphqlApi api) {
    String graphql = api.uris().getOrDefault("GRAPHQL", "");
    String realtime = api.uris().getOrDefault("REALTIME", "");
    return new Made(
        api.arn(),
        api.arn(),
        Map.of(
            "ApiId", api.apiId(),
            "Arn", api.arn(),
            "GraphQLUrl", graphql,
            "GraphQLDns", URI.create(graphql).getAuthority(),
            "GraphQLEndpointArn", api.arn().replace(":apis/", ":endpoints/graphql-api/"),
            "RealtimeUrl", realtime,
            "RealtimeDns", URI.create(realtime).getAuthority()));
  }

  /// The id in an API's ARN.
  static String apiId(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    String apiId = apiId(before.physicalId());
    var appsync = call.client(AppSyncClient.class);
    Map<String, Object> members = members(call);
    members.keySet().removeAll(List.of("apiType", "visibility"));
    GraphqlApi api =
        appsync
            .updateGraphqlApi(
                Shape.fill(UpdateGraphqlApiRequest.builder(), members).apiId(apiId).build())
            .graphqlApi();
    Map<String, String> variables = variables(call.properties());
    if (!variables.equals(variables(old))) {
      appsync.putGraphqlApiEnvironmentVariables(
          b -> b.apiId(apiId).environmentVariables(variables));
    }
    ResourceCall.retag(
        ResourceCall.tags(old),
        call.tags(),
        gone -> appsync.untagResource(b -> b.resourceArn(api.arn()).tagKeys(gone)),
        tags -> appsync.tagResource(b -> b.resourceArn(api.arn()).tags(tags)));
    return made(api);
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    tolerant(() ->
        call.client(AppSyncClient.class).deleteGraphqlApi(b -> b.apiId(apiId(made.physicalId()))));
  }

  /// Removes something of an API that may be gone, perhaps with its API.
  static void tolerant(Runnable removal) {
    ResourceCall.remove(NotFoundException.class, removal);
  }
}
