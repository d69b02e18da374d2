package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.item.Type;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/// Reads a CreateTable request, in the order in which the real service checks it.
final class NewTable {
  private final CreateTableRequest request;

  private NewTable(CreateTableRequest request) {
    this.request = request;
  }

  /// The table that a request describes.
  ///
  /// @param id for the new table
  static Table read(CreateTableRequest request, Scope scope, String id, Instant now) {
    TableConstraints.check(request);
    var reading = new NewTable(request);
    reading.requireSupported();
    return reading.table(scope, id, now);
  }

  private void requireSupported() {
    if (request.onDemandThroughput() != null) {
      throw DynamoDbErrors.notSupported("OnDemandThroughput");
    }
    if (request.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported("WarmThroughput");
    }
    if (request.resourcePolicy() != null) {
      throw DynamoDbErrors.notSupported("ResourcePolicy");
    }
  }

  private Table table(Scope scope, String id, Instant now) {
    boolean onDemand = "PAY_PER_REQUEST".equals(request.billingModeAsString());
    if (onDemand && request.provisionedThroughput() != null) {
      throw DynamoDbErrors.parameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
              + " PAY_PER_REQUEST");
    }
    var billing =
        onDemand
            ? new Table.Billing(now, Throughput.ON_DEMAND)
            : new Table.Billing(null, TableRules.throughput(request.provisionedThroughput()));
    Map<String, Type> types = TableRules.attributes(request.attributeDefinitions());
    KeySchema key = TableRules.tableKey(request.keySchema(), types);
    List<Index> indexes = indexes(key, types, onDemand);
    TableRules.requireUsed(types, key, indexes);
    return new Table(
        scope,
        request.tableName(),
        id,
        now,
        key,
        types,
        indexes,
        1 + indexes.size(),
        billing,
        stream(request.streamSpecification(), now),
        null,
        new Table.Settings(
            Boolean.TRUE.equals(request.deletionProtectionEnabled()),
            request.tableClassAsString(),
            encryptionKey(request.sseSpecification(), scope)));
  }

  private List<Index> indexes(KeySchema key, Map<String, Type> types, boolean onDemand) {
    List<Index> indexes = new ArrayList<>();
    if (request.hasLocalSecondaryIndexes()) {
      requireAny(request.localSecondaryIndexes(), "LocalSecondaryIndexes");
      if (key.sort() == null) {
        throw DynamoDbErrors.parameter(
            "Table KeySchema does not have a range key, which is required when specifying a"
                + " LocalSecondaryIndex");
      }
      for (LocalSecondaryIndex given : request.localSecondaryIndexes()) {
        indexes.add(
            new Index(
                1 + indexes.size(),
                given.indexName(),
                Index.Kind.LOCAL,
                TableRules.localKey(given, key, types),
                key.names(),
                TableRules.projection(given.projection()),
                Throughput.ON_DEMAND,
                true));
      }
      TableRules.requireIndexes(indexes);
    }
    if (request.hasGlobalSecondaryIndexes()) {
      requireAny(request.globalSecondaryIndexes(), "GlobalSecondaryIndexes");
      for (GlobalSecondaryIndex given : request.globalSecondaryIndexes()) {
        indexes.add(global(given, 1 + indexes.size(), key, types, onDemand));
      }
      TableRules.requireIndexes(indexes);
    }
    return indexes;
  }

  private static Index global(
      GlobalSecondaryIndex given,
      int number,
      KeySchema key,
      Map<String, Type> types,
      boolean onDemand) {
    if (given.onDemandThroughput() != null || given.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported(
          "OnDemandThroughput or WarmThroughput of index " + given.indexName());
    }
    return new Index(
        number,
        given.indexName(),
        Index.Kind.GLOBAL,
        TableRules.key(given.keySchema(), types),
        key.names(),
        TableRules.projection(given.projection()),
        TableRules.throughput(given.provisionedThroughput(), given.indexName(), onDemand),
        true);
  }

  private static void requireAny(List<?> list, String member) {
    if (list.isEmpty()) {
      throw DynamoDbErrors.parameter("List of " + member + " is empty");
    }
  }

  /// The stream that a request asks for; null where it asks for none.
  static @Nullable TableStream stream(@Nullable StreamSpecification given, Instant now) {
    if (given == null) {
      return null;
    }
    boolean enabled = Boolean.TRUE.equals(given.streamEnabled());
    String view = given.streamViewTypeAsString();
    if (enabled && view == null) {
      throw DynamoDbErrors.parameter(
          "StreamViewType must be specified when StreamEnabled is set to true");
    }
    if (!enabled && view != null) {
      throw DynamoDbErrors.parameter(
          "StreamViewType cannot be specified when StreamEnabled is set to false");
    }
    return view == null ? null : TableStream.begin(StreamView.valueOf(view), now);
  }

  /// The key that is described as encrypting a table; null where none was asked for. Polder
  /// encrypts nothing.
  static @Nullable String encryptionKey(@Nullable SSESpecification given, Scope scope) {
    if (given == null || !Boolean.TRUE.equals(given.enabled())) {
      return null;
    }
    String key = given.kmsMasterKeyId() == null ? "alias/aws/dynamodb" : given.kmsMasterKeyId();
    return key.startsWith("arn:")
        ? key
        : scope.arn("kms", key.startsWith("alias/") ? key : "key/" + key).toString();
  }
}
