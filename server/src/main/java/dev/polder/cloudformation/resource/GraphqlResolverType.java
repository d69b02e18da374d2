package dev.polder.cloudformation.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.appsync.model.BadRequestException;
import software.amazon.awssdk.services.appsync.model.CreateResolverRequest;
import software.amazon.awssdk.services.appsync.model.Resolver;
import software.amazon.awssdk.services.appsync.model.UpdateResolverRequest;

/// `AWS::AppSync::Resolver`: a function on a field. Templates, code, pipelines, batches and caches
/// are not supported.
final class GraphqlResolverType implements ResourceType {
  @Override
  public String name() {
    return "AWS::AppSync::Resolver";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of(
            "ApiId", Shape.SCALAR,
            "TypeName", Shape.SCALAR,
            "FieldName", Shape.SCALAR,
            "DataSourceName", Shape.SCALAR,
            "Kind", Shape.SCALAR),
        Set.of("ApiId", "TypeName", "FieldName", "DataSourceName"));
  }

  @Override
  public List<String> problems(Map<String, Object> written) {
    return "PIPELINE".equals(written.get("Kind"))
        ? List.of("#/Kind: only UNIT is supported")
        : List.of();
  }

  @Override
  public Set<String> attributes() {
    return Set.of("FieldName", "ResolverArn", "TypeName");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("ApiId", "TypeName", "FieldName");
  }

  @Override
  public Made create(ResourceCall call) {
    var request =
        Shape.fill(CreateResolverRequest.builder(), MemberNames.lowered(call.properties()));
    try {
      return made(call.client(AppSyncClient.class).createResolver(request.build()).resolver());
    } catch (BadRequestException e) {
      if (!call.resumed()) {
        throw e;
      }
      return put(call);
    }
  }

  private static Made put(ResourceCall call) {
    var request =
        Shape.fill(UpdateResolverRequest.builder(), MemberNames.lowered(call.properties()));
    return made(call.client(AppSyncClient.class).updateResolver(request.build()).resolver());
  }

  private static Made made(Resolver resolver) {
    String arn = resolver.resolverArn();
    return new Made(
        arn,
        arn,
        Map.of(
            "ResolverArn", arn,
            "TypeName", resolver.typeName(),
            "FieldName", resolver.fieldName()));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    return put(call);
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    GraphqlApiType.tolerant(() ->
        call.client(AppSyncClient.class)
            .deleteResolver(b ->
                b.apiId(call.text("ApiId"))
                    .typeName(call.text("TypeName"))
                    .fieldName(call.text("FieldName"))));
  }
}
