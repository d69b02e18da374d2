package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
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
            ? new Table.Billing(true, now, Throughput.ON_DEMAND)
            : new Table.Billing(
                false, null, TableRules.throughput(request.provisionedThroughput()));
    Ceilings ceilings =
        Ceilings.first(request.onDemandThroughput(), onDemand, Ceilings.Words.TABLE);
    var definitions = TableRules.Definitions.of(request.attributeDefinitions());
    KeySchema key = TableRules.tableKey(request.keySchema(), definitions);
    definitions.requireDistinct();
    TableRules.requireUsed(definitions, key, indexed());
    List<Index> indexes = indexes(key, definitions, onDemand);
    return new Table(
        scope,
        request.tableName(),
        id,
        now,
        key,
        definitions.types(),
        indexes,
        1 + indexes.size(),
        new Table.Billing(
            onDemand, billing.onDemandSince(), billing.throughput().withCeilings(ceilings)),
        stream(request.streamSpecification(), now),
        null,
        null,
        new Table.Settings(
            Boolean.TRUE.equals(request.deletionProtectionEnabled()),
            request.tableClassAsString(),
            Encryption.key(request.sseSpecification(), scope)));
  }

  /// The names in the keys of all indexes; null where no list of indexes was given.
  private @Nullable Set<String> indexed() {
    if (!request.hasLocalSecondaryIndexes() && !request.hasGlobalSecondaryIndexes()) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>();
    request
        .localSecondaryIndexes()
        .forEach(index -> names.addAll(TableRules.names(index.keySchema())));
    request
        .globalSecondaryIndexes()
        .forEach(index -> names.addAll(TableRules.names(index.keySchema())));
    return names;
  }

  private List<Index> indexes(KeySchema key, TableRules.Definitions definitions, boolean onDemand) {
    List<Index> indexes = new ArrayList<>();
    if (request.hasLocalSecondaryIndexes()) {
      requireAny(request.localSecondaryIndexes(), "LocalSecondaryIndexes");
      if (key.sort() == null) {
        throw DynamoDbErrors.parameter(
            "Table KeySchema does not have a range key, which is required when specifying a"
                + " LocalSecondaryIndex");
      }
      for (LocalSecondaryIndex given : request.localSecondaryIndexes()) {
        var index =
            new Index(
                1 + indexes.size(),
                given.indexName(),
                Index.Kind.LOCAL,
                TableRules.localKey(given, key, definitions),
                key.names(),
                TableRules.projection(given.projection()),
                Throughput.ON_DEMAND,
                true);
        TableRules.requireFree(indexes, index.name());
        indexes.add(index);
      }
      TableRules.requireIndexes(indexes);
    }
    if (request.hasGlobalSecondaryIndexes()) {
      requireAny(request.globalSecondaryIndexes(), "GlobalSecondaryIndexes");
      for (GlobalSecondaryIndex given : request.globalSecondaryIndexes()) {
        Index index = global(given, 1 + indexes.size(), key, definitions, onDemand);
        TableRules.requireFree(indexes, index.name());
        indexes.add(index);
      }
      TableRules.requireIndexes(indexes);
    }
    return indexes;
  }

  private static Index global(
      GlobalSecondaryIndex given,
      int number,
      KeySchema key,
      TableRules.Definitions definitions,
      boolean onDemand) {
    if (given.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported("WarmThroughput of index " + given.indexName());
    }
    Throughput units =
        TableRules.throughput(given.provisionedThroughput(), given.indexName(), onDemand);
    return new Index(
        number,
        given.indexName(),
        Index.Kind.GLOBAL,
        TableRules.key(given.keySchema(), definitions),
        key.names(),
        TableRules.projection(given.projection()),
        units.withCeilings(
            Ceilings.first(
                given.onDemandThroughput(), onDemand, Ceilings.Words.index(given.indexName()))),
        true);
  }

  private static void requireAny(List<?> list, String member) {
    if (list.isEmpty()) {
      throw DynamoDbErrors.parameter("List of " + member + " is empty");
    }
  }

  /// The stream that a request asks for; null where it asks for none.
  private static @Nullable TableStream stream(@Nullable StreamSpecification given, Instant now) {
    if (given == null) {
      return null;
    }
    String view = given.streamViewTypeAsString();
    if (given.streamEnabled() && view == null) {
      throw DynamoDbErrors.parameter(
          "Table is being created with a stream enabled, UpdateViewType is required");
    }
    if (!given.streamEnabled() && view != null) {
      throw DynamoDbErrors.parameter(
          "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
    return view == null ? null : TableStream.begin(StreamView.valueOf(view), now);
  }
}
