package dev.polder.appsync;

import dev.polder.appsync.auth.ApiKey;
import dev.polder.shape.Shapes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.appsync.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.appsync.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.appsync.model.CreateDataSourceRequest;
import software.amazon.awssdk.services.appsync.model.CreateDataSourceResponse;
import software.amazon.awssdk.services.appsync.model.CreateGraphqlApiRequest;
import software.amazon.awssdk.services.appsync.model.CreateGraphqlApiResponse;
import software.amazon.awssdk.services.appsync.model.CreateResolverRequest;
import software.amazon.awssdk.services.appsync.model.CreateResolverResponse;
import software.amazon.awssdk.services.appsync.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.appsync.model.DeleteApiKeyResponse;
import software.amazon.awssdk.services.appsync.model.DeleteDataSourceRequest;
import software.amazon.awssdk.services.appsync.model.DeleteDataSourceResponse;
import software.amazon.awssdk.services.appsync.model.DeleteGraphqlApiRequest;
import software.amazon.awssdk.services.appsync.model.DeleteGraphqlApiResponse;
import software.amazon.awssdk.services.appsync.model.DeleteResolverRequest;
import software.amazon.awssdk.services.appsync.model.DeleteResolverResponse;
import software.amazon.awssdk.services.appsync.model.GetDataSourceRequest;
import software.amazon.awssdk.services.appsync.model.GetDataSourceResponse;
import software.amazon.awssdk.services.appsync.model.GetGraphqlApiEnvironmentVariablesRequest;
import software.amazon.awssdk.services.appsync.model.GetGraphqlApiEnvironmentVariablesResponse;
import software.amazon.awssdk.services.appsync.model.GetGraphqlApiRequest;
import software.amazon.awssdk.services.appsync.model.GetGraphqlApiResponse;
import software.amazon.awssdk.services.appsync.model.GetIntrospectionSchemaRequest;
import software.amazon.awssdk.services.appsync.model.GetIntrospectionSchemaResponse;
import software.amazon.awssdk.services.appsync.model.GetResolverRequest;
import software.amazon.awssdk.services.appsync.model.GetResolverResponse;
import software.amazon.awssdk.services.appsync.model.GetSchemaCreationStatusRequest;
import software.amazon.awssdk.services.appsync.model.GetSchemaCreationStatusResponse;
import software.amazon.awssdk.services.appsync.model.GetTypeRequest;
import software.amazon.awssdk.services.appsync.model.GetTypeResponse;
import software.amazon.awssdk.services.appsync.model.GraphqlApi;
import software.amazon.awssdk.services.appsync.model.ListApiKeysRequest;
import software.amazon.awssdk.services.appsync.model.ListApiKeysResponse;
import software.amazon.awssdk.services.appsync.model.ListDataSourcesRequest;
import software.amazon.awssdk.services.appsync.model.ListDataSourcesResponse;
import software.amazon.awssdk.services.appsync.model.ListGraphqlApisRequest;
import software.amazon.awssdk.services.appsync.model.ListGraphqlApisResponse;
import software.amazon.awssdk.services.appsync.model.ListResolversRequest;
import software.amazon.awssdk.services.appsync.model.ListResolversResponse;
import software.amazon.awssdk.services.appsync.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.appsync.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.appsync.model.ListTypesRequest;
import software.amazon.awssdk.services.appsync.model.ListTypesResponse;
import software.amazon.awssdk.services.appsync.model.PutGraphqlApiEnvironmentVariablesRequest;
import software.amazon.awssdk.services.appsync.model.PutGraphqlApiEnvironmentVariablesResponse;
import software.amazon.awssdk.services.appsync.model.SchemaStatus;
import software.amazon.awssdk.services.appsync.model.StartSchemaCreationRequest;
import software.amazon.awssdk.services.appsync.model.StartSchemaCreationResponse;
import software.amazon.awssdk.services.appsync.model.TagResourceRequest;
import software.amazon.awssdk.services.appsync.model.TagResourceResponse;
import software.amazon.awssdk.services.appsync.model.Type;
import software.amazon.awssdk.services.appsync.model.TypeDefinitionFormat;
import software.amazon.awssdk.services.appsync.model.UntagResourceRequest;
import software.amazon.awssdk.services.appsync.model.UntagResourceResponse;
import software.amazon.awssdk.services.appsync.model.UpdateApiKeyRequest;
import software.amazon.awssdk.services.appsync.model.UpdateApiKeyResponse;
import software.amazon.awssdk.services.appsync.model.UpdateDataSourceRequest;
import software.amazon.awssdk.services.appsync.model.UpdateDataSourceResponse;
import software.amazon.awssdk.services.appsync.model.UpdateGraphqlApiRequest;
import software.amazon.awssdk.services.appsync.model.UpdateGraphqlApiResponse;
import software.amazon.awssdk.services.appsync.model.UpdateResolverRequest;
import software.amazon.awssdk.services.appsync.model.UpdateResolverResponse;

/// AppSync's management API as one account and region sees it: APIs, schemas, keys, data sources,
/// and resolvers that are functions without templates. Whatever is accepted here is also served.
final class LocalAppSync implements AppSyncClient {
  private final Management management;
  private final ApiOperations apis;
  private final SchemaOperations schemas;
  private final KeyOperations keys;
  private final SourceOperations sources;

  LocalAppSync(Management management) {
    this.management = management;
    this.apis = new ApiOperations(management);
    this.schemas = new SchemaOperations(management);
    this.keys = new KeyOperations(management);
    this.sources = new SourceOperations(management);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private String arn(String apiId) {
    return management.arn(apiId);
  }

  /// Creates an API without a schema and without keys.
  @Override
  public CreateGraphqlApiResponse createGraphqlApi(CreateGraphqlApiRequest request) {
    return CreateGraphqlApiResponse.builder().graphqlApi(apis.create(request)).build();
  }

  @Override
  public GetGraphqlApiResponse getGraphqlApi(GetGraphqlApiRequest request) {
    return GetGraphqlApiResponse.builder().graphqlApi(apis.get(request.apiId())).build();
  }

  /// Lists APIs in the order of their ids.
  @Override
  public ListGraphqlApisResponse listGraphqlApis(ListGraphqlApisRequest request) {
    Listing<GraphqlApi> page = apis.list(request.nextToken(), request.maxResults());
    return ListGraphqlApisResponse.builder()
        .graphqlApis(page.items())
        .nextToken(page.token())
        .build();
  }

  /// Replaces an API's settings: what the request leaves out goes back to its default.
  @Override
  public UpdateGraphqlApiResponse updateGraphqlApi(UpdateGraphqlApiRequest request) {
    return UpdateGraphqlApiResponse.builder().graphqlApi(apis.update(request)).build();
  }

  @Override
  public DeleteGraphqlApiResponse deleteGraphqlApi(DeleteGraphqlApiRequest request) {
    apis.delete(request.apiId());
    return DeleteGraphqlApiResponse.builder().build();
  }

  /// Gives an API its schema. It is served, or known to be wrong, when this returns, although the
  /// answer is `PROCESSING` as everywhere.
  @Override
  public StartSchemaCreationResponse startSchemaCreation(StartSchemaCreationRequest request) {
    schemas.create(request.apiId(), request.definition().asUtf8String());
    return StartSchemaCreationResponse.builder().status(SchemaStatus.PROCESSING).build();
  }

  @Override
  public GetSchemaCreationStatusResponse getSchemaCreationStatus(
      GetSchemaCreationStatusRequest request) {
    String outcome = schemas.outcome(request.apiId());
    if (outcome == null) {
      return GetSchemaCreationStatusResponse.builder().status(SchemaStatus.NOT_APPLICABLE).build();
    }
    return GetSchemaCreationStatusResponse.builder()
        .status(outcome.isEmpty() ? SchemaStatus.SUCCESS : SchemaStatus.FAILED)
        .details(outcome.isEmpty() ? "Successfully created schema." : outcome)
        .build();
  }

  @Override
  public GetIntrospectionSchemaResponse getIntrospectionSchema(
      GetIntrospectionSchemaRequest request) {
    String schema =
        switch (request.format()) {
          case JSON -> schemas.json(request.apiId());
          case SDL ->
              schemas.sdl(request.apiId(), !Boolean.FALSE.equals(request.includeDirectives()));
          case UNKNOWN_TO_SDK_VERSION ->
              throw AppSyncErrors.notSupported("Format " + request.formatAsString());
        };
    return GetIntrospectionSchemaResponse.builder().schema(SdkBytes.fromUtf8String(schema)).build();
  }

  @Override
  public GetTypeResponse getType(GetTypeRequest request) {
    requireSdl(request.format());
    var type = schemas.type(request.apiId(), request.typeName());
    return GetTypeResponse.builder().type(show(request.apiId(), type)).build();
  }

  @Override
  public ListTypesResponse listTypes(ListTypesRequest request) {
    requireSdl(request.format());
    var page =
        Listing.of(
            schemas.types(request.apiId()),
            SchemaOperations.Type::name,
            request.nextToken(),
            request.maxResults());
    return ListTypesResponse.builder()
        .types(page.items().stream().map(type -> show(request.apiId(), type)).toList())
        .nextToken(page.token())
        .build();
  }

  private static void requireSdl(@Nullable TypeDefinitionFormat format) {
    if (format != TypeDefinitionFormat.SDL) {
      throw AppSyncErrors.notSupported("Format " + format);
    }
  }

  private Type show(String apiId, SchemaOperations.Type type) {
    return Type.builder()
        .name(type.name())
        .definition(type.definition())
        .format(TypeDefinitionFormat.SDL)
        .arn(arn(apiId) + "/types/" + type.name())
        .build();
  }

  @Override
  public CreateApiKeyResponse createApiKey(CreateApiKeyRequest request) {
    ApiKey key = keys.create(request.apiId(), request.description(), request.expires());
    return CreateApiKeyResponse.builder().apiKey(show(key)).build();
  }

  @Override
  public UpdateApiKeyResponse updateApiKey(UpdateApiKeyRequest request) {
    ApiKey key =
        keys.update(request.apiId(), request.id(), request.description(), request.expires());
    return UpdateApiKeyResponse.builder().apiKey(show(key)).build();
  }

  @Override
  public DeleteApiKeyResponse deleteApiKey(DeleteApiKeyRequest request) {
    keys.delete(request.apiId(), request.id());
    return DeleteApiKeyResponse.builder().build();
  }

  @Override
  public ListApiKeysResponse listApiKeys(ListApiKeysRequest request) {
    var page =
        Listing.of(
            keys.list(request.apiId()), ApiKey::id, request.nextToken(), request.maxResults());
    return ListApiKeysResponse.builder()
        .apiKeys(page.items().stream().map(LocalAppSync::show).toList())
        .nextToken(page.token())
        .build();
  }

  private static software.amazon.awssdk.services.appsync.model.ApiKey show(ApiKey key) {
    return software.amazon.awssdk.services.appsync.model.ApiKey.builder()
        .id(key.id())
        .description(key.description())
        .expires(key.expires().getEpochSecond())
        .deletes(key.deletes().getEpochSecond())
        .build();
  }

  @Override
  public CreateDataSourceResponse createDataSource(CreateDataSourceRequest request) {
    // The two requests have the same members.
    var wanted = Shapes.copy(request, UpdateDataSourceRequest.builder()).build();
    ManagedParts.Source made = sources.create(request.apiId(), SourceShapes.source(wanted));
    return CreateDataSourceResponse.builder()
        .dataSource(SourceShapes.of(made, arn(request.apiId())))
        .build();
  }

  @Override
  public UpdateDataSourceResponse updateDataSource(UpdateDataSourceRequest request) {
    ManagedParts.Source made = sources.update(request.apiId(), SourceShapes.source(request));
    return UpdateDataSourceResponse.builder()
        .dataSource(SourceShapes.of(made, arn(request.apiId())))
        .build();
  }

  @Override
  public GetDataSourceResponse getDataSource(GetDataSourceRequest request) {
    var source = sources.source(request.apiId(), request.name());
    return GetDataSourceResponse.builder()
        .dataSource(SourceShapes.of(source, arn(request.apiId())))
        .build();
  }

  @Override
  public ListDataSourcesResponse listDataSources(ListDataSourcesRequest request) {
    var page =
        Listing.of(
            sources.sources(request.apiId()),
            ManagedParts.Source::name,
            request.nextToken(),
            request.maxResults());
    String arn = arn(request.apiId());
    return ListDataSourcesResponse.builder()
        .dataSources(page.items().stream().map(each -> SourceShapes.of(each, arn)).toList())
        .nextToken(page.token())
        .build();
  }

  /// Deletes a data source that no resolver uses.
  @Override
  public DeleteDataSourceResponse deleteDataSource(DeleteDataSourceRequest request) {
    sources.delete(request.apiId(), request.name());
    return DeleteDataSourceResponse.builder().build();
  }

  /// Attaches a function to a field. Resolvers with templates or code, in pipelines, in batches and
  /// with caches are refused.
  @Override
  public CreateResolverResponse createResolver(CreateResolverRequest request) {
    // The two requests have the same members.
    var wanted = Shapes.copy(request, UpdateResolverRequest.builder()).build();
    ManagedParts.Field field = sources.put(request.apiId(), SourceShapes.field(wanted), true);
    return CreateResolverResponse.builder()
        .resolver(SourceShapes.of(field, arn(request.apiId())))
        .build();
  }

  @Override
  public UpdateResolverResponse updateResolver(UpdateResolverRequest request) {
    ManagedParts.Field field = sources.put(request.apiId(), SourceShapes.field(request), false);
    return UpdateResolverResponse.builder()
        .resolver(SourceShapes.of(field, arn(request.apiId())))
        .build();
  }

  @Override
  public GetResolverResponse getResolver(GetResolverRequest request) {
    var field = sources.field(request.apiId(), request.typeName(), request.fieldName());
    return GetResolverResponse.builder()
        .resolver(SourceShapes.of(field, arn(request.apiId())))
        .build();
  }

  @Override
  public ListResolversResponse listResolvers(ListResolversRequest request) {
    var page =
        Listing.of(
            sources.fields(request.apiId(), request.typeName()),
            ManagedParts.Field::field,
            request.nextToken(),
            request.maxResults());
    String arn = arn(request.apiId());
    return ListResolversResponse.builder()
        .resolvers(page.items().stream().map(each -> SourceShapes.of(each, arn)).toList())
        .nextToken(page.token())
        .build();
  }

  @Override
  public DeleteResolverResponse deleteResolver(DeleteResolverRequest request) {
    sources.detach(request.apiId(), request.typeName(), request.fieldName());
    return DeleteResolverResponse.builder().build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    apis.tag(request.resourceArn(), request.tags(), List.of());
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    apis.tag(request.resourceArn(), Map.of(), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tags(apis.tags(request.resourceArn())).build();
  }

  /// Keeps environment variables. Only resolvers with templates could read them, which are refused.
  @Override
  public PutGraphqlApiEnvironmentVariablesResponse putGraphqlApiEnvironmentVariables(
      PutGraphqlApiEnvironmentVariablesRequest request) {
    return PutGraphqlApiEnvironmentVariablesResponse.builder()
        .environmentVariables(apis.variables(request.apiId(), request.environmentVariables()))
        .build();
  }

  @Override
  public GetGraphqlApiEnvironmentVariablesResponse getGraphqlApiEnvironmentVariables(
      GetGraphqlApiEnvironmentVariablesRequest request) {
    return GetGraphqlApiEnvironmentVariablesResponse.builder()
        .environmentVariables(apis.variables(request.apiId()))
        .build();
  }
}
