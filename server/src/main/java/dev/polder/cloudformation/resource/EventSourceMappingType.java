package dev.polder.cloudformation.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingRequest;

/// `AWS::Lambda::EventSourceMapping`, whose source is a stream of DynamoDB.
final class EventSourceMappingType implements ResourceType {
  private static final Set<String> FIXED = Set.of("EventSourceArn", "StartingPosition");

  // What an update sets for a property that the template does not give any more.
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "Enabled",
          true,
          "BatchSize",
          100,
          "MaximumBatchingWindowInSeconds",
          0,
          "MaximumRetryAttempts",
          -1,
          "MaximumRecordAgeInSeconds",
          -1,
          "BisectBatchOnFunctionError",
          false,
          "FunctionResponseTypes",
          List.of(),
          "FilterCriteria",
          Map.of());

  @Override
  public String name() {
    return "AWS::Lambda::EventSourceMapping";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(CreateEventSourceMappingRequest.builder())
        .without(
            "Tags",
            "Topics",
            "Queues",
            "SourceAccessConfigurations",
            "SelfManagedEventSource",
            "AmazonManagedKafkaEventSourceConfig",
            "SelfManagedKafkaEventSourceConfig",
            "ScalingConfig",
            "DocumentDBEventSourceConfig",
            "KMSKeyArn",
            "MetricsConfig",
            "ProvisionedPollerConfig",
            "StartingPositionTimestamp")
        .requiring("FunctionName", "EventSourceArn");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Id", "EventSourceMappingArn");
  }

  @Override
  public Set<String> replacing() {
    return FIXED;
  }

  @Override
  public Made create(ResourceCall call) {
    var lambda = call.client(LambdaClient.class);
    var request = Shape.fill(CreateEventSourceMappingRequest.builder(), call.properties()).build();
    try {
      var made = lambda.createEventSourceMapping(request);
      return made(made.uuid(), made.eventSourceMappingArn());
    } catch (ResourceConflictException e) {
      var present =
          lambda
              .listEventSourceMappings(b ->
                  b.functionName(request.functionName()).eventSourceArn(request.eventSourceArn()))
              .eventSourceMappings();
      if (!call.resumed() || present.isEmpty()) {
        throw e;
      }
      return made(present.getFirst().uuid(), present.getFirst().eventSourceMappingArn());
    }
  }

  private static Made made(String id, String arn) {
    return Made.named(id, Map.of("Id", id, "EventSourceMappingArn", arn));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    Map<String, Object> settings = new LinkedHashMap<>(call.properties());
    settings.keySet().removeAll(FIXED);
    DEFAULTS.forEach((name, value) -> {
      if (old.containsKey(name)) {
        settings.putIfAbsent(name, value);
      }
    });
    call.client(LambdaClient.class)
        .updateEventSourceMapping(
            Shape.fill(UpdateEventSourceMappingRequest.builder(), settings)
                .uuid(before.physicalId())
                .build());
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () ->
            call.client(LambdaClient.class)
                .deleteEventSourceMapping(b -> b.uuid(made.physicalId())));
  }
}
