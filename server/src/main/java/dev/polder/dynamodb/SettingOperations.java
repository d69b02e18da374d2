package dev.polder.dynamodb;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.KeyRange;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.Endpoint;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/// What tables and accounts have beside tables: time to live, limits, endpoints.
final class SettingOperations {
  private static final long ACCOUNT_UNITS = 80_000;
  private static final long TABLE_UNITS = 40_000;

  private final Platform platform;
  private final Tables tables;
  private final TableOperations operations;
  private final Backfill backfill;

  SettingOperations(
      Platform platform, Tables tables, TableOperations operations, Backfill backfill) {
    this.platform = platform;
    this.tables = tables;
    this.operations = operations;
    this.backfill = backfill;
  }

  /// Switches expiry on or off. It is in force at once, for older items as soon as they have been
  /// gone through.
  UpdateTimeToLiveResponse update(Scope scope, UpdateTimeToLiveRequest request) {
    TimeToLiveSpecification wanted = request.timeToLiveSpecification();
    check(request, wanted);
    OpenTable table = operations.existing(scope, request.tableName());
    try (var _ = table.enterAlone()) {
      if (table.isDropped()) {
        throw DynamoDbErrors.noTable(table.table().name());
      }
      change(table, wanted);
    }
    backfill.begin(table);
    return UpdateTimeToLiveResponse.builder().timeToLiveSpecification(wanted).build();
  }

  private static void check(UpdateTimeToLiveRequest request, TimeToLiveSpecification wanted) {
    TableConstraints.requireTableName(request.tableName());
    var constraints = new Constraints();
    if (constraints.present(wanted, "timeToLiveSpecification")) {
      String path = "timeToLiveSpecification.";
      constraints.present(wanted.enabled(), path + "enabled");
      String attribute = wanted.attributeName();
      if (constraints.present(attribute, path + "attributeName")) {
        constraints.length(attribute, attribute.length(), path + "attributeName", 0, 255);
      }
    }
    constraints.check();
    if (wanted.attributeName().isEmpty()) {
      throw DynamoDbErrors.invalid("TimeToLiveSpecification.AttributeName must be non empty");
    }
  }

  private void change(OpenTable table, TimeToLiveSpecification wanted) {
    Table.TimeToLive present = table.table().timeToLive();
    if (present != null && !present.attribute().equals(wanted.attributeName())) {
      throw DynamoDbErrors.invalid(
          "TimeToLive is active on a different AttributeName: current AttributeName is "
              + present.attribute());
    }
    if (wanted.enabled() && present != null) {
      throw DynamoDbErrors.invalid("TimeToLive is already enabled");
    }
    if (!wanted.enabled() && present == null) {
      throw DynamoDbErrors.invalid("TimeToLive is already disabled");
    }
    var batch = new Batch();
    if (!wanted.enabled()) {
      batch.deleteRange(KeyRange.prefix(table.layout().expiries()));
    }
    Table.TimeToLive next =
        wanted.enabled() ? new Table.TimeToLive(wanted.attributeName(), false) : null;
    tables.replace(table, table.table().withTimeToLive(next), batch);
  }

  DescribeTimeToLiveResponse describe(Scope scope, DescribeTimeToLiveRequest request) {
    Table.TimeToLive present = operations.existing(scope, request.tableName()).table().timeToLive();
    var description =
        TimeToLiveDescription.builder()
            .timeToLiveStatus(
                present == null ? TimeToLiveStatus.DISABLED : TimeToLiveStatus.ENABLED);
    if (present != null) {
      description.attributeName(present.attribute());
    }
    return DescribeTimeToLiveResponse.builder().timeToLiveDescription(description.build()).build();
  }

  /// The quotas of a new account, which Polder does not enforce.
  DescribeLimitsResponse limits() {
    return DescribeLimitsResponse.builder()
        .accountMaxReadCapacityUnits(ACCOUNT_UNITS)
        .accountMaxWriteCapacityUnits(ACCOUNT_UNITS)
        .tableMaxReadCapacityUnits(TABLE_UNITS)
        .tableMaxWriteCapacityUnits(TABLE_UNITS)
        .build();
  }

  /// This server.
  DescribeEndpointsResponse endpoints() {
    return DescribeEndpointsResponse.builder()
        .endpoints(
            Endpoint.builder()
                .address(platform.endpoint().get().getAuthority())
                .cachePeriodInMinutes(1440L)
                .build())
        .build();
  }
}
