package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LayerVersionContentInput;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionRequest;

/// `AWS::Lambda::LayerVersion`. Every change publishes a new version; a step that is done again
/// after a crash may publish one more, which nobody uses.
final class LayerVersionType implements ResourceType {
  @Override
  public String name() {
    return "AWS::Lambda::LayerVersion";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(PublishLayerVersionRequest.builder())
        .with("Content", Shape.of(LayerVersionContentInput.builder()).without("ZipFile"))
        .requiring("Content");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("LayerVersionArn");
  }

  @Override
  public Set<String> replacing() {
    return properties().members().keySet();
  }

  @Override
  public Made create(ResourceCall call) {
    var request =
        Shape.fill(PublishLayerVersionRequest.builder(), call.properties())
            .layerName(call.name("LayerName", 140))
            .build();
    String arn = call.client(LambdaClient.class).publishLayerVersion(request).layerVersionArn();
    return Made.named(arn, Map.of("LayerVersionArn", arn));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    String arn = made.physicalId();
    int colon = arn.lastIndexOf(':');
    call.client(LambdaClient.class)
        .deleteLayerVersion(b ->
            b.layerName(arn.substring(0, colon))
                .versionNumber(Long.parseLong(arn.substring(colon + 1))));
  }
}
