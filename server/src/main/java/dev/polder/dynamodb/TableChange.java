package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.UpdateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// Reads an UpdateTable request and works out what it makes of a table.
final class TableChange {
  private final UpdateTableRequest request;
  private final Instant now;

  private TableChange(UpdateTableRequest request, Instant now) {
    this.request = request;
    this.now = now;
  }

  /// Checks what can be checked without the table.
  static TableChange read(UpdateTableRequest request, Instant now) {
    TableConstraints.check(request);
    var change = new TableChange(request, now);
    change.requireSupported();
    change.requireAny();
    change.requireThroughput();
    change.requireOnePerIndex();
    return change;
  }

  private void requireSupported() {
    if (request.hasReplicaUpdates()) {
      throw DynamoDbErrors.notSupported("ReplicaUpdates");
    }
    if (request.hasGlobalTableWitnessUpdates() || request.multiRegionConsistency() != null) {
      throw DynamoDbErrors.notSupported("MultiRegionConsistency");
    }
    if (request.onDemandThroughput() != null) {
      throw DynamoDbErrors.notSupported("OnDemandThroughput");
    }
    if (request.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported("WarmThroughput");
    }
  }

  private void requireAny() {
    boolean any =
        request.provisionedThroughput() != null
            || request.billingMode() != null
            || request.streamSpecification() != null
            || !request.globalSecondaryIndexUpdates().isEmpty()
            || request.sseSpecification() != null
            || request.deletionProtectionEnabled() != null
            || request.tableClass() != null;
    if (!any) {
      throw DynamoDbErrors.invalid(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
  }

  private void requireThroughput() {
    ProvisionedThroughput given = request.provisionedThroughput();
    if (given == null && "PROVISIONED".equals(request.billingModeAsString())) {
      throw DynamoDbErrors.parameter(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    if (given != null) {
      TableRules.requireBounds(given, "");
    }
  }

  private void requireOnePerIndex() {
    Set<String> names = new HashSet<>();
    int moved = 0;
    for (GlobalSecondaryIndexUpdate update : request.globalSecondaryIndexUpdates()) {
      String name = name(update);
      if (name == null) {
        throw DynamoDbErrors.parameter(
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete must not be null");
      }
      if (actions(update) > 1) {
        throw DynamoDbErrors.parameter(
            "Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete may be given");
      }
      if (!names.add(name)) {
        throw DynamoDbErrors.parameter(
            "Only one global secondary index update per index is allowed simultaneously. Index: "
                + name);
      }
      moved += update.update() == null ? 1 : 0;
    }
    if (moved > 1) {
      throw DynamoDbErrors.limitExceeded(
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
              + " per table");
    }
  }

  private static int actions(GlobalSecondaryIndexUpdate update) {
    return (update.update() == null ? 0 : 1)
        + (update.create() == null ? 0 : 1)
        + (update.delete() == null ? 0 : 1);
  }

  private static @Nullable String name(GlobalSecondaryIndexUpdate update) {
    if (update.update() != null) {
      return update.update().indexName();
    }
    if (update.create() != null) {
      return update.create().indexName();
    }
    return update.delete() == null ? null : update.delete().indexName();
  }

  /// The table as it shall be.
  Table apply(Table table) {
    Table changed = table.withBilling(billing(table.billing()));
    if (changed.billing().onDemand() && !table.billing().onDemand()) {
      changed = withoutThroughput(changed);
    }
    changed = streamed(changed);
    changed = changed.withSettings(settings(changed));
    return indexed(changed);
  }

  private static Table withoutThroughput(Table table) {
    return table.withIndexes(
        table.attributes(),
        table.indexes().stream().map(index -> index.withThroughput(Throughput.ON_DEMAND)).toList(),
        table.nextIndex());
  }

  private Table.Billing billing(Table.Billing present) {
    String mode = request.billingModeAsString();
    ProvisionedThroughput given = request.provisionedThroughput();
    boolean onDemand = mode == null ? present.onDemand() : mode.equals("PAY_PER_REQUEST");
    if (onDemand && given != null) {
      throw DynamoDbErrors.parameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
              + " PAY_PER_REQUEST");
    }
    if (onDemand) {
      return present.onDemand() ? present : new Table.Billing(now, Throughput.ON_DEMAND);
    }
    if (given == null && !present.onDemand()) {
      return present;
    }
    Throughput wanted = TableRules.throughput(given);
    Throughput old = present.throughput();
    if (!present.onDemand() && mode == null) {
      requireDifferent(old, wanted);
    }
    return new Table.Billing(null, old.changed(wanted.read(), wanted.write(), now));
  }

  private static void requireDifferent(Throughput old, Throughput wanted) {
    if (old.read() == wanted.read() && old.write() == wanted.write()) {
      throw DynamoDbErrors.invalid(
          "The provisioned throughput for the table will not change. The requested value equals"
              + " the current value. Current ReadCapacityUnits provisioned for the table: "
              + old.read()
              + ". Requested ReadCapacityUnits: "
              + wanted.read()
              + ". Current WriteCapacityUnits provisioned for the table: "
              + old.write()
              + ". Requested WriteCapacityUnits: "
              + wanted.write()
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }

  private Table streamed(Table table) {
    if (request.streamSpecification() == null) {
      return table;
    }
    TableStream wanted = NewTable.stream(request.streamSpecification(), now);
    TableStream present = table.stream();
    boolean open = present != null && present.open();
    if (wanted != null && open) {
      throw DynamoDbErrors.invalid(
          "Table already has an enabled stream: TableName: " + table.name());
    }
    if (wanted == null && !open) {
      throw DynamoDbErrors.invalid("Table has no stream to disable: TableName: " + table.name());
    }
    return table.withStream(wanted == null && present != null ? present.closed() : wanted);
  }

  private Table.Settings settings(Table table) {
    Table.Settings present = table.settings();
    return new Table.Settings(
        request.deletionProtectionEnabled() == null
            ? present.deletionProtected()
            : request.deletionProtectionEnabled(),
        request.tableClassAsString() == null ? present.tableClass() : request.tableClassAsString(),
        request.sseSpecification() == null
            ? present.encryptionKey()
            : NewTable.encryptionKey(request.sseSpecification(), table.scope()));
  }

  private Table indexed(Table table) {
    Map<String, Type> given = TableRules.attributes(request.attributeDefinitions());
    Map<String, Type> types = new LinkedHashMap<>(table.attributes());
    given.forEach((name, type) -> define(types, name, type));
    List<Index> indexes = new ArrayList<>(table.indexes());
    long next = table.nextIndex();
    for (GlobalSecondaryIndexUpdate update : request.globalSecondaryIndexUpdates()) {
      if (update.create() != null) {
        requireNew(table, update.create().indexName());
        indexes.add(created(table, update.create(), given, next++));
      } else if (update.delete() != null) {
        indexes.remove(existing(table, update.delete().indexName()));
      } else {
        Index old = existing(table, update.update().indexName());
        indexes.set(indexes.indexOf(old), changed(table, old, update.update()));
      }
    }
    TableRules.requireIndexes(indexes);
    Set<String> used = new HashSet<>(table.key().names());
    indexes.forEach(index -> used.addAll(index.key().names()));
    types.keySet().retainAll(used);
    return table.withIndexes(types, indexes, next);
  }

  private static void define(Map<String, Type> types, String name, Type type) {
    Type present = types.put(name, type);
    if (present != null && present != type) {
      throw DynamoDbErrors.parameter(
          "Attributes cannot be redefined. Please check that your attribute has the same type as"
              + " previously defined. Existing schema: Schema:[SchemaElement: key{"
              + name
              + ":"
              + present
              + "}] New schema: Schema:[SchemaElement: key{"
              + name
              + ":"
              + type
              + "}]");
    }
  }

  private static void requireNew(Table table, String name) {
    if (table.index(name).isPresent()) {
      throw DynamoDbErrors.invalid("Attempting to create an index which already exists");
    }
  }

  private static Index existing(Table table, String name) {
    return table
        .index(name)
        .filter(Index::isGlobal)
        .orElseThrow(() ->
            DynamoDbErrors.notFound("Requested resource not found: Index: " + name + " not found"));
  }

  private static Index created(
      Table table, CreateGlobalSecondaryIndexAction given, Map<String, Type> defined, long number) {
    if (given.onDemandThroughput() != null || given.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported(
          "OnDemandThroughput or WarmThroughput of index " + given.indexName());
    }
    return new Index(
        number,
        given.indexName(),
        Index.Kind.GLOBAL,
        TableRules.key(given.keySchema(), defined),
        table.key().names(),
        TableRules.projection(given.projection()),
        TableRules.throughput(
            given.provisionedThroughput(), given.indexName(), table.billing().onDemand()),
        false);
  }

  private Index changed(Table table, Index old, UpdateGlobalSecondaryIndexAction given) {
    if (given.onDemandThroughput() != null || given.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported(
          "OnDemandThroughput or WarmThroughput of index " + given.indexName());
    }
    Throughput wanted =
        TableRules.throughput(
            given.provisionedThroughput(), old.name(), table.billing().onDemand());
    return old.withThroughput(old.throughput().changed(wanted.read(), wanted.write(), now));
  }
}
