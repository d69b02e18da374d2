package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;

/// `AWS::DynamoDB::GlobalTable` with one replica, in the stack's own region, which is a table like
/// any other: the CDK's `TableV2` is one. What a template says of the replica and of the whole is
/// put together as `AWS::DynamoDB::Table` has it. Not supported are more replicas and provisioned
/// capacity, whose writes are scaled there.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
final class DynamoDbGlobalTable implements ResourceType {
  private static final List<String> OF_ALL =
      List.of(
          "TableName",
          "AttributeDefinitions",
          "KeySchema",
          "LocalSecondaryIndexes",
          "BillingMode",
          "StreamSpecification",
          "TimeToLiveSpecification");
  private static final List<String> OF_REPLICA =
      List.of("DeletionProtectionEnabled", DynamoDbTable.RECOVERY, "TableClass", "Tags");
  private static final String INDEXES = "GlobalSecondaryIndexes";
  private static final String ENCRYPTION = "SSESpecification";
  private static final String READS = "ReadOnDemandThroughputSettings";
  private static final String WRITES = "WriteOnDemandThroughputSettings";
  private static final String REPLICAS = "Replicas";

  private final DynamoDbTable table = new DynamoDbTable();

  @Override
  public String name() {
    return "AWS::DynamoDB::GlobalTable";
  }

  @Override
  public Shape.Struct properties() {
    Map<String, Shape> plain = table.properties().members();
    Shape reads = struct(Map.of("MaxReadRequestUnits", Shape.SCALAR));
    Shape writes = struct(Map.of("MaxWriteRequestUnits", Shape.SCALAR));
    Map<String, Shape> members = new LinkedHashMap<>();
    for (String same : OF_ALL) {
      members.put(same, Objects.requireNonNull(plain.get(same), same));
    }
    members.put(
        ENCRYPTION,
        new Shape.Struct(
            Map.of("SSEEnabled", Shape.SCALAR, "SSEType", Shape.SCALAR), Set.of("SSEEnabled")));
    members.put(WRITES, writes);
    Map<String, Shape> index = new LinkedHashMap<>();
    for (String same : List.of("IndexName", "KeySchema", "Projection")) {
      index.put(same, Shape.FREE);
    }
    Set<String> required = new LinkedHashSet<>(index.keySet());
    index.put(WRITES, writes);
    members.put(INDEXES, new Shape.ListOf(new Shape.Struct(index, required)));
    members.put(REPLICAS, new Shape.ListOf(replica(reads)));
    return new Shape.Struct(members, Set.of("KeySchema", "AttributeDefinitions", REPLICAS));
  }

  private static Shape replica(Shape reads) {
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("Region", Shape.SCALAR);
    members.put("DeletionProtectionEnabled", Shape.SCALAR);
    members.put("TableClass", Shape.SCALAR);
    members.put("Tags", Shape.TAGS);
    members.put(DynamoDbTable.RECOVERY, Shape.of(PointInTimeRecoverySpecification.builder()));
    members.put(ENCRYPTION, struct(Map.of("KMSMasterKeyId", Shape.SCALAR)));
    members.put(READS, reads);
    members.put(
        INDEXES,
        new Shape.ListOf(
            new Shape.Struct(
                Map.of("IndexName", Shape.SCALAR, READS, reads), Set.of("IndexName"))));
    return new Shape.Struct(members, Set.of("Region"));
  }

  private static Shape struct(Map<String, Shape> members) {
    return new Shape.Struct(members, Set.of());
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "StreamArn", "TableId");
  }

  @Override
  public Set<String> replacing() {
    return table.replacing();
  }

  @Override
  public boolean replaces(Map<String, Object> old, Map<String, Object> now) {
    return table.replaces(old, now);
  }

  @Override
  public Made create(ResourceCall call) {
    return made(call, table.create(plain(call)));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    return made(call, table.update(plain(call), before, plain(old)));
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    table.delete(call, made);
  }

  private static Made made(ResourceCall call, Made table) {
    Map<String, Object> attributes = new LinkedHashMap<>(table.attributes());
    attributes.put(
        "TableId",
        call.client(DynamoDbClient.class)
            .describeTable(b -> b.tableName(table.physicalId()))
            .table()
            .tableId());
    return Made.named(table.physicalId(), attributes);
  }

  private static ResourceCall plain(ResourceCall call) {
    List<Map<?, ?>> replicas = maps(call.properties().get(REPLICAS));
    String here = call.scope().region();
    if (replicas.size() != 1 || !Values.text(replicas.getFirst().get("Region")).equals(here)) {
      throw new PropertyException(
          "#/" + REPLICAS, "only one replica is supported, in the stack's region, " + here);
    }
    if (!call.text("BillingMode").equals("PAY_PER_REQUEST")) {
      throw new PropertyException("#/BillingMode", "only PAY_PER_REQUEST is supported");
    }
    return call.withProperties(plain(call.properties()));
  }

  /// The properties as those of `AWS::DynamoDB::Table`.
  private static Map<String, Object> plain(Map<String, Object> given) {
    List<Map<?, ?>> replicas = maps(given.get(REPLICAS));
    Map<?, ?> replica = replicas.isEmpty() ? Map.of() : replicas.getFirst();
    Map<String, Object> plain = new LinkedHashMap<>();
    OF_ALL.forEach(name -> copy(given, name, plain));
    OF_REPLICA.forEach(name -> copy(replica, name, plain));
    if (given.get(ENCRYPTION) instanceof Map<?, ?> encryption) {
      Map<String, Object> both = new LinkedHashMap<>();
      encryption.keySet().forEach(name -> copy(encryption, String.valueOf(name), both));
      if (replica.get(ENCRYPTION) instanceof Map<?, ?> key) {
        copy(key, "KMSMasterKeyId", both);
      }
      plain.put(ENCRYPTION, both);
    }
    limit(given, replica, plain);
    if (given.get(INDEXES) != null) {
      plain.put(INDEXES, indexes(given, replica));
    }
    return plain;
  }

  private static List<Map<String, Object>> indexes(Map<String, Object> given, Map<?, ?> replica) {
    List<Map<String, Object>> indexes = new ArrayList<>();
    for (Map<?, ?> index : maps(given.get(INDEXES))) {
      Map<String, Object> plain = new LinkedHashMap<>();
      List.of("IndexName", "KeySchema", "Projection").forEach(name -> copy(index, name, plain));
      Map<?, ?> here =
          maps(replica.get(INDEXES)).stream()
              .filter(each -> Values.text(each.get("IndexName")).equals(plain.get("IndexName")))
              .findFirst()
              .orElse(Map.of());
      limit(index, here, plain);
      indexes.add(plain);
    }
    return indexes;
  }

  private static void limit(Map<?, ?> all, Map<?, ?> replica, Map<String, Object> plain) {
    Map<String, Object> limits = new LinkedHashMap<>();
    if (replica.get(READS) instanceof Map<?, ?> reads) {
      copy(reads, "MaxReadRequestUnits", limits);
    }
    if (all.get(WRITES) instanceof Map<?, ?> writes) {
      copy(writes, "MaxWriteRequestUnits", limits);
    }
    if (!limits.isEmpty()) {
      plain.put("OnDemandThroughput", limits);
    }
  }

  private static void copy(Map<?, ?> from, String name, Map<String, Object> to) {
    Object value = from.get(name);
    if (value != null) {
      to.put(name, value);
    }
  }

  private static List<Map<?, ?>> maps(@Nullable Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (list instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }
}
