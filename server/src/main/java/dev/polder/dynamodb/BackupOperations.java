package dev.polder.dynamodb;

import dev.polder.dynamodb.Table.Recovery;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;

/// Backups: making, describing, listing, deleting, and whether a table remembers earlier states.
final class BackupOperations {
  private static final int MOST_LISTED = 100;
  private static final int MOST_DAYS = 35;
  private static final int LONGEST_ARN = 1024;
  private static final int SHORTEST_ARN = 37;
  private static final List<String> KINDS = List.of("USER", "SYSTEM", "AWS_BACKUP", "ALL");

  private final Platform platform;
  private final Tables tables;
  private final Backups backups;

  BackupOperations(Platform platform, Tables tables, Backups backups) {
    this.platform = platform;
    this.tables = tables;
    this.backups = backups;
  }

  CreateBackupResponse create(Scope scope, CreateBackupRequest request) {
    var constraints = new Constraints();
    String name = TableOperations.name(scope, request.tableName());
    constraints.tableName(name);
    if (constraints.present(request.backupName(), "backupName")) {
      constraints.name(request.backupName(), "backupName");
    }
    constraints.check();
    Backup made = backups.make(table(scope, name), request.backupName());
    return CreateBackupResponse.builder()
        .backupDetails(BackupAnswers.details(made, BackupStatus.CREATING))
        .build();
  }

  DescribeBackupResponse describe(Scope scope, DescribeBackupRequest request) {
    Backup backup = existing(scope, request.backupArn());
    return DescribeBackupResponse.builder()
        .backupDescription(BackupAnswers.description(backup, BackupStatus.AVAILABLE))
        .build();
  }

  DeleteBackupResponse delete(Scope scope, DeleteBackupRequest request) {
    Backup backup = existing(scope, request.backupArn());
    switch (backup.kind()) {
      case USER -> backups.delete(backup);
      case SYSTEM ->
          throw DynamoDbErrors.request(
              "User is not allowed to delete the system backup with arn "
                  + backup.arn()
                  + ". It will automatically expire on "
                  + backup.expires());
    }
    return DeleteBackupResponse.builder()
        .backupDescription(BackupAnswers.description(backup, BackupStatus.DELETED))
        .build();
  }

  private Backup existing(Scope scope, @Nullable String arn) {
    requireArn(arn);
    return backups.existing(scope, String.valueOf(arn));
  }

  static void requireArn(@Nullable String arn) {
    var constraints = new Constraints();
    requireArn(constraints, arn);
    constraints.check();
  }

  static void requireArn(Constraints constraints, @Nullable String arn) {
    if (constraints.present(arn, "backupArn") && arn != null) {
      constraints.length(arn, arn.length(), "backupArn", SHORTEST_ARN, LONGEST_ARN);
    }
  }

  ListBackupsResponse list(Scope scope, ListBackupsRequest request) {
    String table = TableOperations.name(scope, request.tableName());
    var constraints = new Constraints();
    constraints.name(table, "tableName");
    constraints.atLeast(request.limit(), "limit", 1);
    constraints.atMost(request.limit(), "limit", MOST_LISTED);
    constraints.oneOf(request.backupTypeAsString(), "backupType", KINDS);
    constraints.check();
    Instant from = request.timeRangeLowerBound();
    Instant to = request.timeRangeUpperBound();
    if (from != null && to != null && from.isAfter(to)) {
      throw DynamoDbErrors.parameter(
          "Time range lower bound must be less than or equal to upper bound");
    }
    int most = request.limit() == null ? MOST_LISTED : request.limit();
    List<Backup> found =
        backups.list(scope, table, after(scope, request), wanted(request), most + 1);
    boolean more = found.size() > most;
    List<Backup> page = more ? found.subList(0, most) : found;
    return ListBackupsResponse.builder()
        .backupSummaries(page.stream().map(BackupAnswers::summary).toList())
        .lastEvaluatedBackupArn(more ? page.getLast().arn() : null)
        .build();
  }

  private static @Nullable Key after(Scope scope, ListBackupsRequest request) {
    String arn = request.exclusiveStartBackupArn();
    if (arn == null) {
      return null;
    }
    String[] path = Backups.path(scope, arn);
    return Keys.backups(scope).with(path[1], path[3]);
  }

  private static Predicate<Backup> wanted(ListBackupsRequest request) {
    String kind = request.backupTypeAsString() == null ? "USER" : request.backupTypeAsString();
    Instant from = request.timeRangeLowerBound();
    Instant to = request.timeRangeUpperBound();
    return backup ->
        (kind.equals("ALL") || kind.equals(backup.kind().name()))
            && (from == null || !backup.created().isBefore(from))
            && (to == null || backup.created().isBefore(to));
  }

  DescribeContinuousBackupsResponse describe(
      Scope scope, DescribeContinuousBackupsRequest request) {
    OpenTable table = table(scope, TableOperations.name(scope, request.tableName()));
    return DescribeContinuousBackupsResponse.builder()
        .continuousBackupsDescription(continuous(table.table()))
        .build();
  }

  /// Has a table remember its states, or forget them. To have it do what it does is no change,
  /// except of how long.
  UpdateContinuousBackupsResponse update(Scope scope, UpdateContinuousBackupsRequest request) {
    PointInTimeRecoverySpecification wanted = request.pointInTimeRecoverySpecification();
    check(wanted);
    OpenTable table = table(scope, TableOperations.name(scope, request.tableName()));
    if (!wanted.pointInTimeRecoveryEnabled() && wanted.recoveryPeriodInDays() != null) {
      throw DynamoDbErrors.request(
          "Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.");
    }
    try (var _ = table.enterAlone()) {
      Table old = table.table();
      if (table.isDropped()) {
        throw DynamoDbErrors.noTableToBackUp(old.name());
      }
      Table changed = old.withRecovery(recovery(old.recovery(), wanted));
      if (!changed.equals(old)) {
        var batch = new Batch();
        if (changed.recovery() == null) {
          History.forget(batch, old);
        }
        tables.replace(table, changed, batch);
      }
    }
    return UpdateContinuousBackupsResponse.builder()
        .continuousBackupsDescription(continuous(table.table()))
        .build();
  }

  private static void check(@Nullable PointInTimeRecoverySpecification wanted) {
    String path = "pointInTimeRecoverySpecification";
    var constraints = new Constraints();
    if (constraints.present(wanted, path) && wanted != null) {
      constraints.present(
          wanted.pointInTimeRecoveryEnabled(), path + ".pointInTimeRecoveryEnabled");
      constraints.atLeast(wanted.recoveryPeriodInDays(), path + ".recoveryPeriodInDays", 1);
      constraints.atMost(wanted.recoveryPeriodInDays(), path + ".recoveryPeriodInDays", MOST_DAYS);
    }
    constraints.check();
  }

  private @Nullable Recovery recovery(
      @Nullable Recovery present, PointInTimeRecoverySpecification wanted) {
    if (!wanted.pointInTimeRecoveryEnabled()) {
      return null;
    }
    int days = wanted.recoveryPeriodInDays() == null ? MOST_DAYS : wanted.recoveryPeriodInDays();
    return new Recovery(present == null ? platform.time().instant() : present.since(), days);
  }

  private OpenTable table(Scope scope, @Nullable String name) {
    String wanted = String.valueOf(name);
    return tables.find(scope, wanted).orElseThrow(() -> DynamoDbErrors.noTableToBackUp(wanted));
  }

  /// Continuous backups are on for every table; what they serve for is on where it was asked for.
  private ContinuousBackupsDescription continuous(Table table) {
    Recovery recovery = table.recovery();
    Instant now = platform.time().instant();
    var description =
        PointInTimeRecoveryDescription.builder()
            .pointInTimeRecoveryStatus(
                recovery == null
                    ? PointInTimeRecoveryStatus.DISABLED
                    : PointInTimeRecoveryStatus.ENABLED);
    if (recovery != null) {
      description
          .recoveryPeriodInDays(recovery.days())
          .earliestRestorableDateTime(recovery.earliest(now))
          .latestRestorableDateTime(now.truncatedTo(ChronoUnit.SECONDS));
    }
    return ContinuousBackupsDescription.builder()
        .continuousBackupsStatus(ContinuousBackupsStatus.ENABLED)
        .pointInTimeRecoveryDescription(description.build())
        .build();
  }
}
