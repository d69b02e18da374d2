package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableClassSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Tables as clients see them.
final class TableAnswers {
  private TableAnswers() {}

  /// A table with its present statistics.
  ///
  /// @param status as it is to be shown; that of indexes follows from it
  static TableDescription description(Table table, Statistics statistics, TableStatus status) {
    TableDescription.Builder description = summary(table, statistics, status);
    description
        .creationDateTime(table.created())
        .attributeDefinitions(definitions(table))
        .keySchema(keySchema(table.key()));
    indexes(table, statistics, status, description);
    stream(table, description);
    settings(table.settings(), description);
    return description.build();
  }

  /// A table that is gone, of which the real service says less.
  static TableDescription deleted(Table table, Statistics statistics) {
    TableDescription.Builder description = summary(table, statistics, TableStatus.DELETING);
    stream(table, description);
    settings(table.settings(), description);
    return description.build();
  }

  /// A table that is being changed, which still has the capacity that it had.
  static TableDescription updating(TableDescription changed, Table old) {
    Throughput had = old.billing().throughput();
    return changed.toBuilder()
        .provisionedThroughput(
            changed.provisionedThroughput().toBuilder()
                .readCapacityUnits(had.read())
                .writeCapacityUnits(had.write())
                .build())
        .build();
  }

  private static TableDescription.Builder summary(
      Table table, Statistics statistics, TableStatus status) {
    Table.Billing billing = table.billing();
    var description =
        TableDescription.builder()
            .tableName(table.name())
            .tableArn(table.arn())
            .tableId(table.id())
            .tableStatus(status)
            .provisionedThroughput(throughput(billing.throughput()))
            .itemCount(statistics.items().items())
            .tableSizeBytes(statistics.items().bytes())
            .deletionProtectionEnabled(table.settings().deletionProtected());
    if (billing.onDemand()) {
      var summary = BillingModeSummary.builder().billingMode(BillingMode.PAY_PER_REQUEST);
      if (status != TableStatus.CREATING) {
        summary.lastUpdateToPayPerRequestDateTime(billing.onDemandSince());
      }
      description.billingModeSummary(summary.build());
    }
    return description;
  }

  private static void indexes(
      Table table, Statistics statistics, TableStatus status, TableDescription.Builder to) {
    List<LocalSecondaryIndexDescription> local = new ArrayList<>();
    List<GlobalSecondaryIndexDescription> global = new ArrayList<>();
    for (Index index : table.indexes()) {
      Statistics.Tally tally = statistics.of(index.number());
      if (index.isGlobal()) {
        global.add(global(table, index, tally, status));
      } else {
        local.add(local(table, index, tally));
      }
    }
    if (!local.isEmpty()) {
      to.localSecondaryIndexes(local);
    }
    if (!global.isEmpty()) {
      to.globalSecondaryIndexes(global);
    }
  }

  private static LocalSecondaryIndexDescription local(
      Table table, Index index, Statistics.Tally tally) {
    return LocalSecondaryIndexDescription.builder()
        .indexName(index.name())
        .indexArn(table.arn() + "/index/" + index.name())
        .keySchema(keySchema(index.key()))
        .projection(projection(index.projection()))
        .itemCount(tally.items())
        .indexSizeBytes(tally.bytes())
        .build();
  }

  private static GlobalSecondaryIndexDescription global(
      Table table, Index index, Statistics.Tally tally, TableStatus status) {
    var description =
        GlobalSecondaryIndexDescription.builder()
            .indexName(index.name())
            .indexArn(table.arn() + "/index/" + index.name())
            .keySchema(keySchema(index.key()))
            .projection(projection(index.projection()))
            .indexStatus(status(index, status))
            .provisionedThroughput(throughput(index.throughput()))
            .itemCount(tally.items())
            .indexSizeBytes(tally.bytes());
    if (!index.filled()) {
      description.backfilling(true);
    }
    return description.build();
  }

  private static IndexStatus status(Index index, TableStatus table) {
    return switch (table) {
      case CREATING -> IndexStatus.CREATING;
      default -> index.filled() ? IndexStatus.ACTIVE : IndexStatus.CREATING;
    };
  }

  private static void stream(Table table, TableDescription.Builder to) {
    TableStream stream = table.stream();
    if (stream != null) {
      to.latestStreamLabel(stream.label()).latestStreamArn(stream.arn(table));
      if (stream.open()) {
        to.streamSpecification(
            StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(stream.view().name())
                .build());
      }
    }
  }

  private static void settings(Table.Settings settings, TableDescription.Builder to) {
    if (settings.tableClass() != null) {
      to.tableClassSummary(TableClassSummary.builder().tableClass(settings.tableClass()).build());
    }
    if (settings.encryptionKey() != null) {
      to.sseDescription(
          SSEDescription.builder()
              .status(SSEStatus.ENABLED)
              .sseType(SSEType.KMS)
              .kmsMasterKeyArn(settings.encryptionKey())
              .build());
    }
  }

  private static List<AttributeDefinition> definitions(Table table) {
    return table.attributes().entrySet().stream()
        .map(each ->
            AttributeDefinition.builder()
                .attributeName(each.getKey())
                .attributeType(each.getValue().name())
                .build())
        .toList();
  }

  static List<KeySchemaElement> keySchema(KeySchema key) {
    List<KeySchemaElement> elements = new ArrayList<>(2);
    elements.add(element(key.partition(), KeyType.HASH));
    if (key.sort() != null) {
      elements.add(element(key.sort(), KeyType.RANGE));
    }
    return elements;
  }

  private static KeySchemaElement element(KeyAttribute attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute.name()).keyType(type).build();
  }

  private static software.amazon.awssdk.services.dynamodb.model.Projection projection(
      IndexProjection projection) {
    var to =
        software.amazon.awssdk.services.dynamodb.model.Projection.builder()
            .projectionType(projection.kind().name());
    if (!projection.included().isEmpty()) {
      to.nonKeyAttributes(projection.included());
    }
    return to.build();
  }

  private static ProvisionedThroughputDescription throughput(Throughput throughput) {
    var to =
        ProvisionedThroughputDescription.builder()
            .readCapacityUnits(throughput.read())
            .writeCapacityUnits(throughput.write())
            .numberOfDecreasesToday(0L);
    set(throughput, to);
    return to.build();
  }

  private static void set(Throughput throughput, ProvisionedThroughputDescription.Builder to) {
    if (throughput.increased() != null) {
      to.lastIncreaseDateTime(throughput.increased());
    }
    if (throughput.decreased() != null) {
      to.lastDecreaseDateTime(throughput.decreased());
    }
  }

  /// Tags for a client.
  static List<software.amazon.awssdk.services.dynamodb.model.Tag> tags(
      Map<String, @Nullable String> tags) {
    return tags.entrySet().stream()
        .map(tag ->
            software.amazon.awssdk.services.dynamodb.model.Tag.builder()
                .key(tag.getKey())
                .value(tag.getValue())
                .build())
        .toList();
  }
}
