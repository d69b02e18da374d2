package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;
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

  /// How a table is shown.
  ///
  /// @param at when, which says what of today there is to count
  /// @param indexes the state of indexes that are being changed, by name
  record View(TableStatus status, Instant at, Map<String, IndexStatus> indexes) {
    static View of(TableStatus status, Instant at) {
      return new View(status, at, Map.of());
    }
  }

  /// A table with its present statistics.
  static TableDescription description(Table table, Statistics statistics, View view) {
    TableDescription.Builder description = summary(table, statistics, view);
    description
        .creationDateTime(table.created())
        .attributeDefinitions(definitions(table))
        .keySchema(keySchema(table.key()));
    indexes(table, statistics, view, description);
    stream(table, description);
    settings(table.settings(), description);
    return description.build();
  }

  /// A table that is being restored.
  ///
  /// @param source the ARN of the backup; null where it is restored from what the table remembers
  static TableDescription restored(
      Table table, Table from, @Nullable String source, Instant moment) {
    View view = View.of(TableStatus.CREATING, table.created());
    return description(table, Statistics.empty(), view).toBuilder()
        .restoreSummary(
            RestoreSummary.builder()
                .sourceBackupArn(source)
                .sourceTableArn(from.arn())
                .restoreDateTime(moment)
                .restoreInProgress(true)
                .build())
        .build();
  }

  /// A table that is gone, of which the real service says less.
  static TableDescription deleted(Table table, Statistics statistics, Instant at) {
    TableDescription.Builder description =
        summary(table, statistics, View.of(TableStatus.DELETING, at));
    stream(table, description);
    settings(table.settings(), description);
    return description.build();
  }

  private static TableDescription.Builder summary(Table table, Statistics statistics, View view) {
    Table.Billing billing = table.billing();
    var description =
        TableDescription.builder()
            .tableName(table.name())
            .tableArn(table.arn())
            .tableId(table.id())
            .tableStatus(view.status())
            .provisionedThroughput(throughput(billing.throughput(), view.at()))
            .onDemandThroughput(billing.throughput().ceilings().sdk())
            .itemCount(statistics.items().items())
            .tableSizeBytes(statistics.items().bytes())
            .deletionProtectionEnabled(table.settings().deletionProtected());
    if (billing.onDemand() || billing.onDemandSince() != null) {
      var summary =
          BillingModeSummary.builder()
              .billingMode(
                  billing.onDemand() ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED);
      if (view.status() != TableStatus.CREATING) {
        summary.lastUpdateToPayPerRequestDateTime(billing.onDemandSince());
      }
      description.billingModeSummary(summary.build());
    }
    return description;
  }

  private static void indexes(
      Table table, Statistics statistics, View view, TableDescription.Builder to) {
    List<LocalSecondaryIndexDescription> local = new ArrayList<>();
    List<GlobalSecondaryIndexDescription> global = new ArrayList<>();
    for (Index index : table.indexes()) {
      Statistics.Tally tally = statistics.of(index.number());
      if (index.isGlobal()) {
        global.add(global(table, index, tally, view));
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
      Table table, Index index, Statistics.Tally tally, View view) {
    var description =
        GlobalSecondaryIndexDescription.builder()
            .indexName(index.name())
            .indexArn(table.arn() + "/index/" + index.name())
            .keySchema(keySchema(index.key()))
            .projection(projection(index.projection()))
            .indexStatus(status(index, view))
            .provisionedThroughput(throughput(index.throughput(), view.at()))
            .onDemandThroughput(index.throughput().ceilings().sdk())
            .itemCount(tally.items())
            .indexSizeBytes(tally.bytes());
    if (!index.filled() && status(index, view) == IndexStatus.CREATING) {
      // That it will be made is answered before its making begins.
      description.backfilling(!view.indexes().containsKey(index.name()));
    }
    return description.build();
  }

  private static IndexStatus status(Index index, View view) {
    IndexStatus changing = view.indexes().get(index.name());
    if (changing != null) {
      return changing;
    }
    boolean making = view.status() == TableStatus.CREATING || !index.filled();
    return making ? IndexStatus.CREATING : IndexStatus.ACTIVE;
  }

  private static void stream(Table table, TableDescription.Builder to) {
    TableStream stream = table.stream();
    if (stream != null) {
      to.latestStreamLabel(stream.label())
          .latestStreamArn(stream.arn(table))
          .streamSpecification(stream(table));
    }
  }

  /// The stream that changes are written to; null where there is none.
  static @Nullable StreamSpecification stream(Table table) {
    TableStream open = table.openStream();
    return open == null
        ? null
        : StreamSpecification.builder()
            .streamEnabled(true)
            .streamViewType(open.view().name())
            .build();
  }

  private static void settings(Table.Settings settings, TableDescription.Builder to) {
    if (settings.tableClass() != null) {
      to.tableClassSummary(TableClassSummary.builder().tableClass(settings.tableClass()).build());
    }
    to.sseDescription(encryption(settings));
  }

  /// The key that was asked for; null where none was.
  static @Nullable SSEDescription encryption(Table.Settings settings) {
    return settings.encryptionKey() == null
        ? null
        : SSEDescription.builder()
            .status(SSEStatus.ENABLED)
            .sseType(SSEType.KMS)
            .kmsMasterKeyArn(settings.encryptionKey())
            .build();
  }

  // In the order of their names, in whatever order they were given.
  private static List<AttributeDefinition> definitions(Table table) {
    return new TreeMap<>(table.attributes())
        .entrySet().stream()
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

  static software.amazon.awssdk.services.dynamodb.model.Projection projection(
      IndexProjection projection) {
    var to =
        software.amazon.awssdk.services.dynamodb.model.Projection.builder()
            .projectionType(projection.kind().name());
    if (!projection.included().isEmpty()) {
      to.nonKeyAttributes(projection.included().stream().sorted().toList());
    }
    return to.build();
  }

  private static ProvisionedThroughputDescription throughput(Throughput throughput, Instant at) {
    var to =
        ProvisionedThroughputDescription.builder()
            .readCapacityUnits(throughput.read())
            .writeCapacityUnits(throughput.write())
            .numberOfDecreasesToday(throughput.decreasesOn(at));
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
