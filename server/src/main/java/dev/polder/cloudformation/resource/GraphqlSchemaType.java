package dev.polder.cloudformation.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.appsync.model.SchemaStatus;
import software.amazon.awssdk.services.s3.S3Client;

/// `AWS::AppSync::GraphQLSchema`: the schema of an API, as text or as a file in a bucket
/// (`s3://bucket/key`). It goes with its API and is not removed by itself.
final class GraphqlSchemaType implements ResourceType {
  private static final String TEXT = "Definition";
  private static final String FILE = "DefinitionS3Location";

  @Override
  public String name() {
    return "AWS::AppSync::GraphQLSchema";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of("ApiId", Shape.SCALAR, TEXT, Shape.SCALAR, FILE, Shape.SCALAR), Set.of("ApiId"));
  }

  @Override
  public List<String> problems(Map<String, Object> written) {
    return written.containsKey(TEXT) != written.containsKey(FILE)
        ? List.of()
        : List.of("#: exactly one of " + TEXT + ", " + FILE + " must be given");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Id");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("ApiId");
  }

  @Override
  public Made create(ResourceCall call) {
    String apiId = call.text("ApiId");
    var appsync = call.client(AppSyncClient.class);
    appsync.startSchemaCreation(b -> b.apiId(apiId).definition(definition(call)));
    call.await(() -> status(appsync, apiId) != SchemaStatus.PROCESSING);
    if (status(appsync, apiId) == SchemaStatus.FAILED) {
      throw new IllegalArgumentException(
          "Schema Creation Status is FAILED with details: "
              + appsync.getSchemaCreationStatus(b -> b.apiId(apiId)).details());
    }
    String id = apiId + "GraphQLSchema";
    return Made.named(id, Map.of("Id", id));
  }

  private static SchemaStatus status(AppSyncClient appsync, String apiId) {
    return appsync.getSchemaCreationStatus(b -> b.apiId(apiId)).status();
  }

  private static SdkBytes definition(ResourceCall call) {
    if (call.has(TEXT)) {
      return SdkBytes.fromUtf8String(call.text(TEXT));
    }
    String location = call.text(FILE);
    if (!location.matches("s3://[^/]+/.+")) {
      throw new PropertyException("#/" + FILE, "is not of the form s3://bucket/key: " + location);
    }
    int slash = location.indexOf('/', 5);
    return SdkBytes.fromByteArray(
        call.client(S3Client.class)
            .getObjectAsBytes(
                b -> b.bucket(location.substring(5, slash)).key(location.substring(slash + 1)))
            .asByteArray());
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    return create(call);
  }

  @Override
  public void delete(ResourceCall call, Made made) {}
}
