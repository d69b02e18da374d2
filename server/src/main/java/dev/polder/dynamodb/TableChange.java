package dev.polder.dynamodb;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// Reads an UpdateTable request and works out what it makes of a table.
///
/// The real service makes one change with a request, with few exceptions, and refuses the others by
/// what they would change; it does so in this order and with these words. Of what a table is
/// already, it takes the protection and billing by request again, and refuses the rest.
///
/// @see <a
///   href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html">UpdateTable</a>
final class TableChange {
  private final UpdateTableRequest request;
  private final Instant asked;
  private final Instant now;

  private TableChange(UpdateTableRequest request, Instant asked) {
    this.request = request;
    this.asked = asked;
    this.now = asked.plusMillis(1);
  }

  /// Checks what can be checked without the table.
  ///
  /// @param asked when it was asked for. Capacity changes after that, and clients wait for the
  ///   later moment to be described.
  static TableChange read(UpdateTableRequest request, Instant asked) {
    TableConstraints.check(request);
    var change = new TableChange(request, asked);
    change.requireSupported();
    change.requireAny();
    change.requireAlone();
    change.requireThroughput();
    IndexChanges.check(request.globalSecondaryIndexUpdates());
    return change;
  }

  private void requireSupported() {
    if (request.hasReplicaUpdates()) {
      throw DynamoDbErrors.notSupported("ReplicaUpdates");
    }
    if (request.hasGlobalTableWitnessUpdates() || request.multiRegionConsistency() != null) {
      throw DynamoDbErrors.notSupported("MultiRegionConsistency");
    }
    if (request.warmThroughput() != null) {
      throw DynamoDbErrors.notSupported("WarmThroughput");
    }
  }

  private void requireAny() {
    if (changes() == 0) {
      throw DynamoDbErrors.invalid(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
    if (request.hasGlobalSecondaryIndexUpdates()
        && request.globalSecondaryIndexUpdates().isEmpty()) {
      throw DynamoDbErrors.parameter("List of GlobalSecondaryIndexUpdates is empty");
    }
  }

  private int changes() {
    return count(request.provisionedThroughput())
        + count(request.billingModeAsString())
        + count(request.streamSpecification())
        + (request.globalSecondaryIndexUpdates().isEmpty() ? 0 : 1)
        + count(request.sseSpecification())
        + count(request.deletionProtectionEnabled())
        + count(request.tableClassAsString())
        + (Ceilings.of(request.onDemandThroughput()).isNone() ? 0 : 1);
  }

  private static int count(@Nullable Object member) {
    return member == null ? 0 : 1;
  }

  private void requireAlone() {
    if (changes() > 1) {
      requireAbsent(request.sseSpecification(), "Server-Side Encryption");
      requireAbsent(request.tableClassAsString(), "TableClass");
      requireAbsent(request.deletionProtectionEnabled(), "DeletionProtection");
    }
    boolean limits = !Ceilings.of(request.onDemandThroughput()).isNone();
    if (changes() > (request.billingModeAsString() == null ? 1 : 2) && limits) {
      throw DynamoDbErrors.parameter(
          "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    }
  }

  private static void requireAbsent(@Nullable Object member, String name) {
    if (member != null) {
      throw DynamoDbErrors.parameter(
          name + " modification must be the only operation in the request");
    }
  }

  private void requireThroughput() {
    ProvisionedThroughput given = request.provisionedThroughput();
    String mode = request.billingModeAsString();
    if (given == null && "PROVISIONED".equals(mode)) {
      throw DynamoDbErrors.parameter(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    if (given != null && "PAY_PER_REQUEST".equals(mode)) {
      throw DynamoDbErrors.parameter(
          "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
    }
    if (given != null) {
      TableRules.requireBounds(given, "");
    }
  }

  /// The table as it shall be.
  Table apply(Table table) {
    boolean onDemand = isOnDemand(table.billing());
    if (onDemand && request.provisionedThroughput() != null) {
      throw DynamoDbErrors.parameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
              + " PAY_PER_REQUEST");
    }
    Ceilings.requireChangeable(request.onDemandThroughput(), onDemand, Ceilings.Words.TABLE);
    var indexes = new IndexChanges(request, table, onDemand, now);
    requireTogether(indexes);
    indexes.requireKnown();
    Table changed = table.withBilling(billing(table.billing()));
    changed = streamed(changed);
    changed = changed.withSettings(settings(changed));
    return indexes.apply(changed);
  }

  private boolean isOnDemand(Table.Billing present) {
    String mode = request.billingModeAsString();
    return mode == null ? present.onDemand() : mode.equals("PAY_PER_REQUEST");
  }

  private void requireTogether(IndexChanges indexes) {
    boolean units = request.provisionedThroughput() != null;
    boolean stream = request.streamSpecification() != null;
    if (units && stream) {
      throw DynamoDbErrors.parameter("You cannot modify stream status while updating table IOPS");
    }
    if (units && indexes.moved() > 0) {
      throw DynamoDbErrors.parameter("You cannot create or delete index while updating table IOPS");
    }
    if (stream && indexes.moved() > 0) {
      throw DynamoDbErrors.parameter(
          "You cannot create or delete index while changing stream status");
    }
  }

  private Table.Billing billing(Table.Billing present) {
    if (isOnDemand(present)) {
      Ceilings ceilings =
          present.throughput().ceilings().merged(Ceilings.of(request.onDemandThroughput()));
      return new Table.Billing(
          true,
          present.onDemand() ? present.onDemandSince() : now,
          present.throughput().units(0, 0).withCeilings(ceilings.settled()));
    }
    ProvisionedThroughput given = request.provisionedThroughput();
    if (given == null) {
      return present;
    }
    Throughput wanted = TableRules.throughput(given);
    Throughput old = present.throughput();
    if (present.onDemand()) {
      // Coming from nothing is not an increase.
      return new Table.Billing(
          false, present.onDemandSince(), old.units(wanted.read(), wanted.write()));
    }
    if (old.hasUnitsOf(wanted)) {
      throw DynamoDbErrors.unchanged("the table", "the table", old, wanted);
    }
    return new Table.Billing(false, present.onDemandSince(), old.changed(wanted, now));
  }

  private Table streamed(Table table) {
    StreamSpecification given = request.streamSpecification();
    if (given == null) {
      return table;
    }
    String view = given.streamViewTypeAsString();
    if (given.streamEnabled() && view == null) {
      throw DynamoDbErrors.parameter("If stream is being enabled then UpdateViewType is required");
    }
    if (!given.streamEnabled() && view != null) {
      throw DynamoDbErrors.parameter(
          "If stream is being disabled, then UpdateViewType must not be specified");
    }
    TableStream present = table.openStream();
    if (view != null && present != null) {
      throw DynamoDbErrors.invalid(
          "Table already has an enabled stream: TableName: " + table.name());
    }
    if (view == null && present == null) {
      throw DynamoDbErrors.invalid("Table has no stream to disable: TableName: " + table.name());
    }
    return table.withStream(
        view == null && present != null
            ? present.closed()
            : TableStream.begin(StreamView.valueOf(String.valueOf(view)), asked));
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
            : Encryption.change(
                present.encryptionKey(), request.sseSpecification(), table.scope()));
  }
}
