package dev.polder.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A running DynamoDB and short words for what tests do with it.
final class Fixture implements AutoCloseable {
  final TestPlatform platform;
  final DynamoDbClient db;
  final DynamoDbStreamsClient streams;

  Fixture(Path directory) {
    this(TestPlatform.in(directory));
  }

  Fixture(TestPlatform platform) {
    this.platform = platform;
    var service = platform.<DynamoDbClient, DynamoDbService>add(DynamoDbService::new);
    platform.<DynamoDbStreamsClient, DynamoDbStreamsService>add(_ -> service.streams());
    this.db = platform.client(DynamoDbClient.class);
    this.streams = platform.client(DynamoDbStreamsClient.class);
  }

  /// A value: `String`, `Number`, `Boolean`, `byte[]`, `List`, `Map` or an `AttributeValue`.
  static AttributeValue value(Object value) {
    return switch (value) {
      case AttributeValue given -> given;
      case String s -> AttributeValue.fromS(s);
      case Number n -> AttributeValue.fromN(n.toString());
      case Boolean b -> AttributeValue.fromBool(b);
      case byte[] b -> AttributeValue.fromB(SdkBytes.fromByteArray(b));
      case List<?> l -> AttributeValue.fromL(l.stream().map(Fixture::value).toList());
      case Map<?, ?> m -> {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        m.forEach((name, each) -> entries.put((String) name, value(each)));
        yield AttributeValue.fromM(entries);
      }
      default -> throw new IllegalArgumentException(value.getClass().toString());
    };
  }

  /// An item of alternating names and values.
  static Map<String, AttributeValue> item(Object... namesAndValues) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
    }
    return item;
  }

  /// A table with the key `p`, a string, billed by request.
  static CreateTableRequest.Builder table(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(attribute("p", "S"))
        .keySchema(key("p"));
  }

  /// A table with the key `p`, a string, and `s`, of this type.
  static CreateTableRequest.Builder sorted(String name, String type) {
    return table(name)
        .attributeDefinitions(attribute("p", "S"), attribute("s", type))
        .keySchema(key("p", "s"));
  }

  static AttributeDefinition attribute(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  /// The key of a table or index.
  static List<KeySchemaElement> key(String... names) {
    var partition =
        KeySchemaElement.builder().attributeName(names[0]).keyType(KeyType.HASH).build();
    return names.length == 1
        ? List.of(partition)
        : List.of(
            partition,
            KeySchemaElement.builder().attributeName(names[1]).keyType(KeyType.RANGE).build());
  }

  static GlobalSecondaryIndex global(String name, Projection projection, String... key) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(key(key))
        .projection(projection)
        .build();
  }

  static LocalSecondaryIndex local(String name, Projection projection, String... key) {
    return LocalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(key(key))
        .projection(projection)
        .build();
  }

  static Projection all() {
    return Projection.builder().projectionType(ProjectionType.ALL).build();
  }

  static Projection keysOnly() {
    return Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
  }

  static Projection include(String... attributes) {
    return Projection.builder()
        .projectionType(ProjectionType.INCLUDE)
        .nonKeyAttributes(attributes)
        .build();
  }

  void create(CreateTableRequest.Builder table) {
    var _ = db.createTable(table.build());
  }

  void put(String table, Object... namesAndValues) {
    var _ = db.putItem(b -> b.tableName(table).item(item(namesAndValues)));
  }

  /// The item of this key; empty where there is none.
  Map<String, AttributeValue> get(String table, Object... key) {
    return db.getItem(b -> b.tableName(table).key(item(key))).item();
  }

  /// A query for one partition.
  static QueryRequest.Builder partition(String table, String attribute, Object value) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("#p = :p")
        .expressionAttributeNames(Map.of("#p", attribute))
        .expressionAttributeValues(Map.of(":p", value(value)));
  }

  /// All records of a table's present stream.
  List<Record> records(String table) {
    String arn = db.describeTable(b -> b.tableName(table)).table().latestStreamArn();
    String shard =
        streams
            .describeStream(b -> b.streamArn(arn))
            .streamDescription()
            .shards()
            .getFirst()
            .shardId();
    String iterator =
        streams
            .getShardIterator(b ->
                b.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return streams
        .getRecords(GetRecordsRequest.builder().shardIterator(iterator).build())
        .records();
  }

  /// Demands a refusal with this code and message.
  static void assertRefused(String code, String message, ThrowingCallable call) {
    AwsServiceException refusal = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
  }

  /// Demands a ValidationException with this message.
  static void assertInvalid(String message, ThrowingCallable call) {
    assertRefused("ValidationException", message, call);
  }

  @Override
  public void close() {
    platform.close();
  }
}
