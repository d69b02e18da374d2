package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Type;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;

/// What a restored table is to have otherwise than its source, and the table that comes of it.
///
/// A restored table has the source's key, indexes, billing and encryption. It has no stream,
/// expiry, tags, protection, class or recovery.
///
/// @param global the global indexes that it has; null for all of the source
/// @param local the local indexes that it has; null for all of the source
record Overrides(
    @Nullable String billingMode,
    @Nullable List<GlobalSecondaryIndex> global,
    @Nullable List<LocalSecondaryIndex> local,
    @Nullable ProvisionedThroughput units,
    @Nullable OnDemandThroughput limits,
    @Nullable SSESpecification encryption) {
  private static final List<String> MODES = List.of("PROVISIONED", "PAY_PER_REQUEST");

  static Overrides of(RestoreTableFromBackupRequest request) {
    return new Overrides(
        request.billingModeOverrideAsString(),
        Requests.given(
            request.hasGlobalSecondaryIndexOverride(), request.globalSecondaryIndexOverride()),
        Requests.given(
            request.hasLocalSecondaryIndexOverride(), request.localSecondaryIndexOverride()),
        request.provisionedThroughputOverride(),
        request.onDemandThroughputOverride(),
        request.sseSpecificationOverride());
  }

  static Overrides of(RestoreTableToPointInTimeRequest request) {
    return new Overrides(
        request.billingModeOverrideAsString(),
        Requests.given(
            request.hasGlobalSecondaryIndexOverride(), request.globalSecondaryIndexOverride()),
        Requests.given(
            request.hasLocalSecondaryIndexOverride(), request.localSecondaryIndexOverride()),
        request.provisionedThroughputOverride(),
        request.onDemandThroughputOverride(),
        request.sseSpecificationOverride());
  }

  /// What can be checked without the source.
  void check(Constraints constraints) {
    constraints.oneOf(billingMode, "billingModeOverride", MODES);
    if (units != null) {
      String path = "provisionedThroughputOverride.";
      constraints.present(units.writeCapacityUnits(), path + "writeCapacityUnits");
      constraints.atLeast(units.writeCapacityUnits(), path + "writeCapacityUnits", 1);
      constraints.present(units.readCapacityUnits(), path + "readCapacityUnits");
      constraints.atLeast(units.readCapacityUnits(), path + "readCapacityUnits", 1);
    }
  }

  /// The restored table.
  ///
  /// @param id of its own
  Table apply(Table source, Scope scope, String name, String id, Instant now) {
    boolean onDemand =
        billingMode == null ? source.billing().onDemand() : billingMode.equals("PAY_PER_REQUEST");
    Throughput throughput = throughput(source.billing(), onDemand);
    List<Index> indexes = indexes(source, onDemand);
    Set<String> used = new HashSet<>(source.key().names());
    indexes.forEach(index -> used.addAll(index.key().names()));
    Map<String, Type> types = new LinkedHashMap<>(source.attributes());
    types.keySet().retainAll(used);
    return new Table(
        scope,
        name,
        id,
        now,
        source.key(),
        types,
        indexes,
        1 + indexes.size(),
        new Table.Billing(onDemand, onDemand ? now : null, throughput),
        null,
        null,
        null,
        new Table.Settings(
            false,
            null,
            encryption == null
                ? source.settings().encryptionKey()
                : Encryption.key(encryption, scope)));
  }

  private Throughput throughput(Table.Billing source, boolean onDemand) {
    requireUnits(onDemand);
    Ceilings wanted = Ceilings.of(limits);
    if (!onDemand && !wanted.isNone()) {
      throw DynamoDbErrors.request(
          "Cannot override "
              + wanted.firstMember()
              + " for OnDemandThroughput unless BillingModeOverride is PAY_PER_REQUEST");
    }
    String outside = wanted.outside(1);
    if (outside != null) {
      throw DynamoDbErrors.request(
          "Requested " + outside + " for OnDemandThroughput is outside of valid range");
    }
    if (onDemand) {
      return Throughput.ON_DEMAND.withCeilings(source.throughput().ceilings().merged(wanted));
    }
    return units == null
        ? Throughput.of(source.throughput().read(), source.throughput().write())
        : TableRules.throughput(units);
  }

  private void requireUnits(boolean onDemand) {
    if (units != null && onDemand) {
      throw DynamoDbErrors.request(
          billingMode == null
              ? "Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED"
              : "Cannot override ProvisionedThroughput if BillingMode is overridden to"
                  + " PAY_PER_REQUEST");
    }
    if (units == null && "PROVISIONED".equals(billingMode)) {
      throw DynamoDbErrors.request(
          "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
    }
  }

  private List<Index> indexes(Table source, boolean onDemand) {
    List<Index> indexes = new ArrayList<>();
    if (local == null) {
      source.indexes().stream()
          .filter(index -> !index.isGlobal())
          .forEach(index -> add(indexes, index, index.name(), index.throughput()));
    } else {
      for (LocalSecondaryIndex given : local) {
        Index match =
            match(
                source,
                Index.Kind.LOCAL,
                given.indexName(),
                given.keySchema(),
                TableRules.projection(given.projection()));
        add(indexes, match, given.indexName(), match.throughput());
      }
    }
    if (global == null) {
      source.indexes().stream()
          .filter(Index::isGlobal)
          .forEach(index -> add(indexes, index, index.name(), throughput(source, index, onDemand)));
    } else {
      for (GlobalSecondaryIndex given : global) {
        add(indexes, match(source, given), given.indexName(), throughput(given, onDemand));
      }
    }
    return indexes;
  }

  private static void add(List<Index> indexes, Index match, String name, Throughput throughput) {
    TableRules.requireFree(indexes, name);
    indexes.add(
        new Index(
            1 + indexes.size(),
            name,
            match.kind(),
            match.key(),
            match.tableKey(),
            match.projection(),
            throughput,
            true));
  }

  private static Index match(Table source, GlobalSecondaryIndex given) {
    if (given.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported("WarmThroughput of index " + given.indexName());
    }
    return match(
        source,
        Index.Kind.GLOBAL,
        given.indexName(),
        given.keySchema(),
        TableRules.projection(given.projection()));
  }

  /// The index of the source that has this key and copies the same. The name may be another.
  private static Index match(
      Table source,
      Index.Kind kind,
      String name,
      List<KeySchemaElement> key,
      IndexProjection projection) {
    return source.indexes().stream()
        .filter(index -> index.kind() == kind)
        .filter(index -> index.key().names().equals(TableRules.names(key)))
        .filter(index -> index.projection().copiesAs(projection))
        .findFirst()
        .orElseThrow(() ->
            DynamoDbErrors.request(
                "Index "
                    + name
                    + " does not match a secondary index that existed in the source table and"
                    + " cannot be created during the restore operation"));
  }

  private static Throughput throughput(Table source, Index index, boolean onDemand) {
    if (onDemand) {
      return Throughput.ON_DEMAND.withCeilings(index.throughput().ceilings());
    }
    if (source.billing().onDemand()) {
      throw DynamoDbErrors.request("Must specify provisioned throughput for index " + index.name());
    }
    return Throughput.of(index.throughput().read(), index.throughput().write());
  }

  private Throughput throughput(GlobalSecondaryIndex given, boolean onDemand) {
    ProvisionedThroughput wanted = given.provisionedThroughput();
    if (!onDemand && wanted == null) {
      throw DynamoDbErrors.request(
          "Must specify provisioned throughput for index " + given.indexName());
    }
    if (onDemand && wanted != null) {
      throw DynamoDbErrors.request(
          "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST"
              + " for index "
              + given.indexName());
    }
    Ceilings ceilings =
        Ceilings.first(
            given.onDemandThroughput(), onDemand, Ceilings.Words.index(given.indexName()));
    return wanted == null
        ? Throughput.ON_DEMAND.withCeilings(ceilings)
        : TableRules.throughput(wanted);
  }
}
