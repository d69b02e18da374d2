package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
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

/// What an UpdateTable request does to a table's global indexes: one is made or dropped, or any
/// number are given other capacity. One is made or dropped at a time in a table, by one request or
/// by several.
final class IndexChanges {
  private final UpdateTableRequest request;
  private final List<GlobalSecondaryIndexUpdate> updates;
  private final Table table;
  private final boolean onDemand;
  private final Instant now;

  /// @param table as it is
  /// @param onDemand how it will be billed
  IndexChanges(UpdateTableRequest request, Table table, boolean onDemand, Instant now) {
    this.request = request;
    this.updates = request.globalSecondaryIndexUpdates();
    this.table = table;
    this.onDemand = onDemand;
    this.now = now;
  }

  /// Checks what can be checked without the table.
  static void check(List<GlobalSecondaryIndexUpdate> updates) {
    Set<String> names = new HashSet<>();
    for (GlobalSecondaryIndexUpdate update : updates) {
      String name = name(update);
      if (name == null) {
        throw DynamoDbErrors.parameter(
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete must not be null");
      }
      if (actions(update) > 1) {
        throw DynamoDbErrors.parameter(
            "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
                + " object");
      }
      if (!names.add(name)) {
        throw DynamoDbErrors.parameter(
            "Only one global secondary index update per index is allowed simultaneously. Index: "
                + name);
      }
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

  /// How many indexes are made or dropped.
  long moved() {
    return updates.stream().filter(update -> update.update() == null).count();
  }

  /// Refuses what the table has not, and what it has no room for at present.
  void requireKnown() {
    requireOneAtATime();
    for (GlobalSecondaryIndexUpdate update : updates) {
      if (update.update() != null) {
        requireUnits(update.update().provisionedThroughput());
      }
    }
    for (GlobalSecondaryIndexUpdate update : updates) {
      if (update.update() != null) {
        requireChangeable(update.update());
      }
      if (update.delete() != null) {
        Index _ = existing(update.delete().indexName(), "delete");
      }
    }
    if (!onDemand && table.billing().onDemand()) {
      requireEvery();
    }
  }

  private void requireOneAtATime() {
    long busy =
        table.indexes().stream().filter(index -> !index.filled() && !isDropped(index)).count();
    if (moved() > 1 || moved() == 1 && busy > 0) {
      throw DynamoDbErrors.limitExceeded(
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
              + " per table");
    }
  }

  private boolean isDropped(Index index) {
    return updates.stream()
        .anyMatch(
            update -> update.delete() != null && update.delete().indexName().equals(index.name()));
  }

  private static void requireUnits(@Nullable ProvisionedThroughput given) {
    if (given != null
        && (given.readCapacityUnits() > TableRules.MOST_UNITS
            || given.writeCapacityUnits() > TableRules.MOST_UNITS)) {
      throw DynamoDbErrors.invalid(
          "This operation cannot be performed with given input values. Please contact DynamoDB"
              + " service team for more info: Action Blocked: IndexUpdate");
    }
  }

  private void requireChangeable(UpdateGlobalSecondaryIndexAction given) {
    Index index = existing(given.indexName(), "update");
    if (given.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported("WarmThroughput of index " + given.indexName());
    }
    Ceilings.requireChangeable(
        given.onDemandThroughput(), onDemand, Ceilings.Words.index(given.indexName()));
    if (onDemand && isLimited(given)) {
      return;
    }
    if (onDemand) {
      throw DynamoDbErrors.parameter(
          "The only Updates for index: "
              + given.indexName()
              + " when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput,"
              + " WarmThroughput");
    }
    if (given.provisionedThroughput() == null) {
      throw bothUnits(given.indexName());
    }
    if (!index.filled()) {
      throw DynamoDbErrors.inUse(
          "Attempt to change a resource which is still in use: Index is being created. Table: "
              + table.name()
              + " Index: "
              + index.name());
    }
  }

  /// True if nothing but limits of what is billed by request is asked for.
  private static boolean isLimited(UpdateGlobalSecondaryIndexAction given) {
    return given.provisionedThroughput() == null
        && !Ceilings.of(given.onDemandThroughput()).isNone();
  }

  private static RuntimeException bothUnits(String index) {
    return DynamoDbErrors.parameter(
        "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " + index);
  }

  private Index existing(String name, String action) {
    Index index =
        table
            .index(name)
            .orElseThrow(() ->
                DynamoDbErrors.notFound(
                    "Requested resource not found: Index " + name + " for table " + table.name()));
    if (!index.isGlobal()) {
      throw DynamoDbErrors.invalid(
          "Cannot " + action + " an index that is not a GlobalSecondaryIndex: " + name);
    }
    return index;
  }

  /// A table that is provisioned from now on needs the capacity of each of its indexes.
  private void requireEvery() {
    List<String> missing = new ArrayList<>();
    for (Index index : table.indexes()) {
      if (index.isGlobal() && update(index) == null) {
        missing.add(index.name());
      }
    }
    if (!missing.isEmpty()) {
      throw DynamoDbErrors.parameter(
          "ProvisionedThroughput must be specified for index: " + String.join(",", missing));
    }
  }

  private Ceilings ceilings(Index index) {
    for (GlobalSecondaryIndexUpdate update : updates) {
      if (update.update() != null && update.update().indexName().equals(index.name())) {
        return Ceilings.of(update.update().onDemandThroughput());
      }
    }
    return Ceilings.NONE;
  }

  private @Nullable Throughput update(Index index) {
    for (GlobalSecondaryIndexUpdate update : updates) {
      if (update.update() != null && update.update().indexName().equals(index.name())) {
        return TableRules.throughput(update.update().provisionedThroughput());
      }
    }
    return null;
  }

  /// The table with its indexes as they shall be.
  ///
  /// @param changed the table as it shall be otherwise
  Table apply(Table changed) {
    List<Index> indexes = new ArrayList<>();
    for (Index index : table.indexes()) {
      if (!isDropped(index)) {
        indexes.add(index.isGlobal() ? index.withThroughput(throughput(index)) : index);
      }
    }
    Map<String, Type> types = new LinkedHashMap<>(table.attributes());
    long next = table.nextIndex();
    for (GlobalSecondaryIndexUpdate update : updates) {
      if (update.create() != null) {
        Index made = made(update.create(), next++);
        made.key().attributes().forEach(each -> types.put(each.name(), each.type()));
        indexes.add(made);
      }
    }
    requireRoom(indexes);
    Set<String> used = new HashSet<>(table.key().names());
    indexes.forEach(index -> used.addAll(index.key().names()));
    types.keySet().retainAll(used);
    return changed.withIndexes(types, indexes, next);
  }

  private Throughput throughput(Index index) {
    Throughput old = index.throughput();
    boolean wasOnDemand = table.billing().onDemand();
    if (onDemand) {
      Ceilings ceilings = old.ceilings().merged(ceilings(index)).settled();
      return (wasOnDemand ? old : old.switchedOff(now)).withCeilings(ceilings);
    }
    Throughput wanted = update(index);
    if (wanted == null) {
      return old;
    }
    if (wasOnDemand) {
      return old.units(wanted.read(), wanted.write());
    }
    if (old.hasUnitsOf(wanted)) {
      throw DynamoDbErrors.unchanged(
          "the index " + index.name(), "index " + index.name(), old, wanted);
    }
    return old.changed(wanted, now);
  }

  private Index made(CreateGlobalSecondaryIndexAction given, long number) {
    String name = given.indexName();
    if (given.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported("WarmThroughput of index " + name);
    }
    if (request.attributeDefinitions().isEmpty()) {
      throw DynamoDbErrors.parameter("AttributeDefinitions is not specified for index: " + name);
    }
    if (table.index(name).isPresent()) {
      throw DynamoDbErrors.invalid("Attempting to create an index which already exists");
    }
    var definitions = TableRules.Definitions.of(request.attributeDefinitions());
    definitions.requireDistinct();
    KeySchema key = TableRules.key(given.keySchema(), definitions);
    key.attributes().forEach(each -> requireSame(each.name(), each.type()));
    return new Index(
        number,
        name,
        Index.Kind.GLOBAL,
        key,
        table.key().names(),
        TableRules.projection(given.projection()),
        throughput(given.provisionedThroughput(), name)
            .withCeilings(
                Ceilings.first(given.onDemandThroughput(), onDemand, Ceilings.Words.index(name))),
        false);
  }

  private Throughput throughput(@Nullable ProvisionedThroughput given, String index) {
    if (onDemand && given != null) {
      throw DynamoDbErrors.parameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: "
              + index
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (onDemand) {
      return Throughput.ON_DEMAND;
    }
    if (given == null) {
      throw bothUnits(index);
    }
    TableRules.requireBounds(given, " for index " + index);
    return Throughput.of(given.readCapacityUnits(), given.writeCapacityUnits());
  }

  /// Other attributes than those of the new key are ignored, whatever type they are given.
  private void requireSame(String name, Type type) {
    Type present = table.attributes().get(name);
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

  private static void requireRoom(List<Index> indexes) {
    if (indexes.stream().filter(Index::isGlobal).count() > TableRules.MOST_GLOBAL_INDEXES) {
      throw DynamoDbErrors.limitExceeded(
          "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of "
              + TableRules.MOST_GLOBAL_INDEXES);
    }
  }
}
