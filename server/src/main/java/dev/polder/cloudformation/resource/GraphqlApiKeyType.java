package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.appsync.AppSyncClient;

/// `AWS::AppSync::ApiKey`. `Expires` is in seconds of the epoch; a week from now where it is not
/// given.
final class GraphqlApiKeyType implements ResourceType {
  @Override
  public String name() {
    return "AWS::AppSync::ApiKey";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(
        Map.of("ApiId", Shape.SCALAR, "Description", Shape.SCALAR, "Expires", Shape.SCALAR),
        Set.of("ApiId"));
  }

  @Override
  public Set<String> attributes() {
    return Set.of("ApiKey", "ApiKeyId", "Arn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("ApiId");
  }

  private static @Nullable Long expires(ResourceCall call) {
    try {
      return call.has("Expires") ? Double.valueOf(call.text("Expires")).longValue() : null;
    } catch (NumberFormatException _) {
      throw new PropertyException(
          "#/Expires", "expected type: Number, found: String (" + call.text("Expires") + ")");
    }
  }

  @Override
  public Made create(ResourceCall call) {
    String apiId = call.text("ApiId");
    Long expires = expires(call);
    String key =
        call.client(AppSyncClient.class)
            .createApiKey(
                b -> b.apiId(apiId).description(call.text("Description")).expires(expires))
            .apiKey()
            .id();
    String arn = call.scope().arn("appsync", "apis/" + apiId + "/apikeys/" + key).toString();
    return new Made(arn, arn, Map.of("ApiKey", key, "ApiKeyId", key, "Arn", arn));
  }

  private static String key(Made made) {
    return made.physicalId().substring(made.physicalId().lastIndexOf('/') + 1);
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    Long expires = expires(call);
    call.client(AppSyncClient.class)
        .updateApiKey(b ->
            b.apiId(call.text("ApiId"))
                .id(key(before))
                .description(call.text("Description"))
                .expires(expires));
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    GraphqlApiType.tolerant(() ->
        call.client(AppSyncClient.class)
            .deleteApiKey(b -> b.apiId(call.text("ApiId")).id(key(made))));
  }
}
