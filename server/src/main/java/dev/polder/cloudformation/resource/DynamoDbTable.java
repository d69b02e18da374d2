package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/// `AWS::DynamoDB::Table`. Contributor insights can be given as off, which they are. Not supported
/// are imports, Kinesis streams, resource policies and warm throughput.
final class DynamoDbTable implements ResourceType {
  private static final Set<String> SAME =
      Set.of(
          "AttributeDefinitions",
          "KeySchema",
          "LocalSecondaryIndexes",
          "GlobalSecondaryIndexes",
          "BillingMode",
          "ProvisionedThroughput",
          "OnDemandThroughput",
          "TableClass",
          "DeletionProtectionEnabled",
          "Tags");
  static final String RECOVERY = "PointInTimeRecoverySpecification";
  private static final String INSIGHTS = "ContributorInsightsSpecification";

  @Override
  public String name() {
    return "AWS::DynamoDB::Table";
  }

  @Override
  public Shape.Struct properties() {
    Shape index =
        Shape.of(GlobalSecondaryIndex.builder())
            .without("WarmThroughput")
            .requiring("IndexName", "KeySchema", "Projection");
    Shape encryption = struct(Set.of("SSEEnabled"), "SSEEnabled", "SSEType", "KMSMasterKeyId");
    return Shape.of(CreateTableRequest.builder())
        .without("WarmThroughput", "ResourcePolicy")
        .with("GlobalSecondaryIndexes", new Shape.ListOf(index))
        .with("StreamSpecification", struct(Set.of("StreamViewType"), "StreamViewType"))
        .with("SSESpecification", encryption)
        .with(
            "TimeToLiveSpecification",
            Shape.of(TimeToLiveSpecification.builder()).requiring("Enabled"))
        .with(RECOVERY, Shape.of(PointInTimeRecoverySpecification.builder()))
        .with(INSIGHTS, struct(Set.of("Enabled"), "Enabled", "Mode"))
        .with("Tags", Shape.TAGS)
        .requiring("KeySchema");
  }

  private static Shape struct(Set<String> required, String... names) {
    Map<String, Shape> members = new LinkedHashMap<>();
    for (String name : names) {
      members.put(name, Shape.SCALAR);
    }
    return new Shape.Struct(members, required);
  }

  @Override
  public List<String> problems(Map<String, Object> written) {
    return written.get(INSIGHTS) instanceof Map<?, ?> insights
            && Values.text(insights.get("Enabled")).equals("true")
        ? List.of("#/" + INSIGHTS + "/Enabled: only false is supported")
        : List.of();
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "StreamArn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("TableName", "KeySchema", "LocalSecondaryIndexes");
  }

  /// An attribute of a key cannot be given another type either.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
  @Override
  public boolean replaces(Map<String, Object> old, Map<String, Object> now) {
    Map<String, String> before = types(old);
    return ResourceType.super.replaces(old, now)
        || types(now).entrySet().stream()
            .anyMatch(type ->
                !before.getOrDefault(type.getKey(), type.getValue()).equals(type.getValue()));
  }

  private static Map<String, String> types(Map<String, Object> properties) {
    Map<String, String> types = new LinkedHashMap<>();
    if (properties.get("AttributeDefinitions") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> map) {
          types.put(Values.text(map.get("AttributeName")), Values.text(map.get("AttributeType")));
        }
      }
    }
    return types;
  }

  /// The table as the properties describe it.
  static CreateTableRequest wanted(ResourceCall call, String name) {
    Map<String, Object> members = call.only(SAME);
    if (call.properties().get("StreamSpecification") instanceof Map<?, ?> stream) {
      members.put(
          "StreamSpecification",
          Map.of(
              "StreamEnabled", true, "StreamViewType", Values.text(stream.get("StreamViewType"))));
    }
    if (call.properties().get("SSESpecification") instanceof Map<?, ?> given) {
      Map<String, Object> encryption = new LinkedHashMap<>();
      given.forEach((key, value) ->
          encryption.put(key.equals("SSEEnabled") ? "Enabled" : String.valueOf(key), value));
      members.put("SSESpecification", encryption);
    }
    return Shape.fill(CreateTableRequest.builder(), members).tableName(name).build();
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("TableName", 255);
    CreateTableRequest wanted = wanted(call, name);
    try {
      call.client(DynamoDbClient.class).createTable(wanted);
    } catch (ResourceInUseException e) {
      if (!call.resumed() || !new TableInPlace(call, name).hasKeysOf(wanted)) {
        throw e;
      }
    }
    var table = new TableInPlace(call, name);
    table.awaitActive();
    table.expireItems();
    table.remember();
    return made(table.described());
  }

  private static Made made(TableDescription table) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("Arn", table.tableArn());
    if (table.streamSpecification() != null) {
      attributes.put("StreamArn", table.latestStreamArn());
    }
    return Made.named(table.tableName(), attributes);
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    requireOneIndexAtOnce(call.properties(), old);
    var table = new TableInPlace(call, before.physicalId());
    table.change(wanted(call, before.physicalId()));
    table.expireItems();
    table.remember();
    table.tag(call.tags());
    return made(table.described());
  }

  // In the words of AWS's own handler of this type.
  private static void requireOneIndexAtOnce(Map<String, Object> now, Map<String, Object> old) {
    Map<String, Object> before = indexes(old);
    Map<String, Object> after = indexes(now);
    List<String> moved = new ArrayList<>();
    before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(moved::add);
    after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(moved::add);
    if (moved.size() > 1) {
      throw new IllegalArgumentException(
          "Cannot perform more than one GSI creation or deletion in a single update");
    }
    for (var index : after.entrySet()) {
      if (!index.getValue().equals(before.getOrDefault(index.getKey(), index.getValue()))) {
        throw new IllegalArgumentException(
            "Cannot update GSI's properties other than Provisioned Throughput and Contributor"
                + " Insights Specification. You can create a new GSI with a different name.");
      }
    }
  }

  /// What of the global indexes cannot change, by their names.
  private static Map<String, Object> indexes(Map<String, Object> properties) {
    Map<String, Object> indexes = new LinkedHashMap<>();
    if (properties.get("GlobalSecondaryIndexes") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> index) {
          Map<Object, Object> fixed = new LinkedHashMap<>(index);
          fixed.remove("ProvisionedThroughput");
          fixed.remove("OnDemandThroughput");
          indexes.put(Values.text(index.get("IndexName")), fixed);
        }
      }
    }
    return indexes;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () -> {
          new TableInPlace(call, made.physicalId()).awaitActive();
          call.client(DynamoDbClient.class).deleteTable(b -> b.tableName(made.physicalId()));
        });
  }
}
