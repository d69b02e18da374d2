package dev.polder.lambda;

import dev.polder.kernel.Scope;
import dev.polder.lambda.LambdaService.Parts;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.*;

/// Lambda as one account and region sees it: each operation in the class of what it is about.
final class LocalLambda implements LambdaClient {
  private final Functions functions;
  private final Versions versions;
  private final Permissions permissions;
  private final Invocations invocations;
  private final EventSourceMappings mappings;
  private final Layers layers;

  LocalLambda(Parts parts, Scope scope) {
    this.functions = new Functions(parts, scope);
    this.versions = new Versions(parts, scope, functions);
    this.permissions = new Permissions(parts, scope);
    this.invocations = new Invocations(parts, scope);
    this.mappings = new EventSourceMappings(parts, scope);
    this.layers = new Layers(parts, scope, functions);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public CreateFunctionResponse createFunction(CreateFunctionRequest request) {
    return functions.create(request);
  }

  @Override
  public UpdateFunctionCodeResponse updateFunctionCode(UpdateFunctionCodeRequest request) {
    return functions.updateCode(request);
  }

  @Override
  public UpdateFunctionConfigurationResponse updateFunctionConfiguration(
      UpdateFunctionConfigurationRequest request) {
    return functions.updateConfiguration(request);
  }

  @Override
  public GetFunctionResponse getFunction(GetFunctionRequest request) {
    return functions.get(request);
  }

  @Override
  public GetFunctionConfigurationResponse getFunctionConfiguration(
      GetFunctionConfigurationRequest request) {
    return functions.configuration(request);
  }

  @Override
  public ListFunctionsResponse listFunctions(ListFunctionsRequest request) {
    return functions.list(request);
  }

  @Override
  public DeleteFunctionResponse deleteFunction(DeleteFunctionRequest request) {
    return functions.delete(request);
  }

  @Override
  public ListTagsResponse listTags(ListTagsRequest request) {
    return functions.tags(request);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return functions.tag(request);
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return functions.untag(request);
  }

  @Override
  public GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
      GetFunctionCodeSigningConfigRequest request) {
    return functions.codeSigning(request);
  }

  @Override
  public PutFunctionConcurrencyResponse putFunctionConcurrency(
      PutFunctionConcurrencyRequest request) {
    return invocations.reserve(request);
  }

  @Override
  public GetFunctionConcurrencyResponse getFunctionConcurrency(
      GetFunctionConcurrencyRequest request) {
    return invocations.reserved(request);
  }

  @Override
  public DeleteFunctionConcurrencyResponse deleteFunctionConcurrency(
      DeleteFunctionConcurrencyRequest request) {
    return invocations.release(request);
  }

  @Override
  public PutFunctionEventInvokeConfigResponse putFunctionEventInvokeConfig(
      PutFunctionEventInvokeConfigRequest request) {
    return invocations.putEventConfig(request);
  }

  @Override
  public GetFunctionEventInvokeConfigResponse getFunctionEventInvokeConfig(
      GetFunctionEventInvokeConfigRequest request) {
    return invocations.eventConfig(request);
  }

  @Override
  public DeleteFunctionEventInvokeConfigResponse deleteFunctionEventInvokeConfig(
      DeleteFunctionEventInvokeConfigRequest request) {
    return invocations.deleteEventConfig(request);
  }

  @Override
  public InvokeResponse invoke(InvokeRequest request) {
    return invocations.invoke(request);
  }

  @Override
  public PublishVersionResponse publishVersion(PublishVersionRequest request) {
    return versions.publish(request);
  }

  @Override
  public ListVersionsByFunctionResponse listVersionsByFunction(
      ListVersionsByFunctionRequest request) {
    return versions.list(request);
  }

  @Override
  public CreateAliasResponse createAlias(CreateAliasRequest request) {
    return versions.createAlias(request);
  }

  @Override
  public GetAliasResponse getAlias(GetAliasRequest request) {
    return versions.alias(request);
  }

  @Override
  public UpdateAliasResponse updateAlias(UpdateAliasRequest request) {
    return versions.updateAlias(request);
  }

  @Override
  public DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
    return versions.deleteAlias(request);
  }

  @Override
  public ListAliasesResponse listAliases(ListAliasesRequest request) {
    return versions.listAliases(request);
  }

  @Override
  public AddPermissionResponse addPermission(AddPermissionRequest request) {
    return permissions.add(request);
  }

  @Override
  public GetPolicyResponse getPolicy(GetPolicyRequest request) {
    return permissions.policy(request);
  }

  @Override
  public RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    return permissions.remove(request);
  }

  @Override
  public CreateEventSourceMappingResponse createEventSourceMapping(
      CreateEventSourceMappingRequest request) {
    return mappings.create(request);
  }

  @Override
  public GetEventSourceMappingResponse getEventSourceMapping(GetEventSourceMappingRequest request) {
    return mappings.get(request);
  }

  @Override
  public ListEventSourceMappingsResponse listEventSourceMappings(
      ListEventSourceMappingsRequest request) {
    return mappings.list(request);
  }

  @Override
  public UpdateEventSourceMappingResponse updateEventSourceMapping(
      UpdateEventSourceMappingRequest request) {
    return mappings.update(request);
  }

  @Override
  public DeleteEventSourceMappingResponse deleteEventSourceMapping(
      DeleteEventSourceMappingRequest request) {
    return mappings.delete(request);
  }

  @Override
  public PublishLayerVersionResponse publishLayerVersion(PublishLayerVersionRequest request) {
    return layers.publish(request);
  }

  @Override
  public GetLayerVersionResponse getLayerVersion(GetLayerVersionRequest request) {
    return layers.get(request);
  }

  @Override
  public GetLayerVersionByArnResponse getLayerVersionByArn(GetLayerVersionByArnRequest request) {
    return layers.get(request);
  }

  @Override
  public ListLayerVersionsResponse listLayerVersions(ListLayerVersionsRequest request) {
    return layers.versions(request);
  }

  @Override
  public ListLayersResponse listLayers(ListLayersRequest request) {
    return layers.list(request);
  }

  @Override
  public DeleteLayerVersionResponse deleteLayerVersion(DeleteLayerVersionRequest request) {
    return layers.delete(request);
  }
}
