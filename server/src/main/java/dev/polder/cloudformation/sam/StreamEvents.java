package dev.polder.cloudformation.sam;

import static dev.polder.cloudformation.sam.ServerlessResource.ref;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The events of a function that are streams of tables: `DynamoDB`.
record StreamEvents(ServerlessResource source) {
  private static final List<String> SAME =
      List.of(
          "StartingPosition",
          "BatchSize",
          "Enabled",
          "FilterCriteria",
          "BisectBatchOnFunctionError",
          "FunctionResponseTypes",
          "MaximumBatchingWindowInSeconds",
          "MaximumRecordAgeInSeconds",
          "MaximumRetryAttempts",
          "ParallelizationFactor",
          "TumblingWindowInSeconds");

  private Map<String, Map<String, Object>> events() {
    Map<String, Map<String, Object>> streams = new LinkedHashMap<>();
    if (source.properties().get("Events") instanceof Map<?, ?> events) {
      events.forEach((name, event) -> {
        if (event instanceof Map<?, ?> map && "DynamoDB".equals(map.get("Type"))) {
          Map<String, Object> given = new LinkedHashMap<>();
          if (map.get("Properties") instanceof Map<?, ?> properties) {
            properties.forEach((property, value) -> given.put(String.valueOf(property), value));
          }
          streams.put(String.valueOf(name), given);
        }
      });
    }
    return streams;
  }

  /// The policy that a function needs to read streams.
  List<String> managed() {
    return events().isEmpty() ? List.of() : List.of("service-role/AWSLambdaDynamoDBExecutionRole");
  }

  /// The function with its other events only.
  ServerlessResource others() {
    Set<String> streams = events().keySet();
    if (streams.isEmpty() || !(source.properties().get("Events") instanceof Map<?, ?> events)) {
      return source;
    }
    Map<Object, Object> rest = new LinkedHashMap<>(events);
    rest.keySet().removeAll(streams);
    Map<String, Object> properties = new LinkedHashMap<>(source.properties());
    properties.put("Events", rest);
    return source.with(properties);
  }

  /// A mapping for each stream.
  Map<String, Object> mappings() {
    Map<String, Object> mappings = new LinkedHashMap<>();
    events()
        .forEach((name, given) ->
            mappings.put(
                source.id() + name,
                source.derived("AWS::Lambda::EventSourceMapping", mapping(name, given))));
    return mappings;
  }

  private Map<String, Object> mapping(String event, Map<String, Object> given) {
    Map<String, Object> mapping = new LinkedHashMap<>();
    mapping.put("FunctionName", ref(source.id()));
    for (var property : given.entrySet()) {
      if (property.getKey().equals("Stream")) {
        mapping.put("EventSourceArn", property.getValue());
      } else if (property.getKey().equals("DestinationConfig")) {
        mapping.put("DestinationConfig", destination(property.getValue()));
      } else if (SAME.contains(property.getKey())) {
        mapping.put(property.getKey(), property.getValue());
      } else {
        throw ServerlessTransform.invalid(
            source.id(),
            "Event with id ["
                + event
                + "] has a property that is not supported: "
                + property.getKey());
      }
    }
    for (String required : List.of("Stream", "StartingPosition")) {
      if (given.get(required) == null) {
        throw ServerlessTransform.invalid(
            source.id(),
            "Event with id ["
                + event
                + "] is invalid. Missing required property '"
                + required
                + "'.");
      }
    }
    return mapping;
  }

  /// What the mapping has for records that fail, of which the transform takes the type away.
  private static Object destination(Object given) {
    if (given instanceof Map<?, ?> config && config.get("OnFailure") instanceof Map<?, ?> failure) {
      Map<Object, Object> plain = new LinkedHashMap<>(failure);
      plain.remove("Type");
      Map<Object, Object> other = new LinkedHashMap<>(config);
      other.put("OnFailure", plain);
      return other;
    }
    return given;
  }
}
