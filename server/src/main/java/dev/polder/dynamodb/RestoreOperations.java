package dev.polder.dynamodb;

import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.kernel.Arn;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.KeyRange;
import dev.polder.store.Reads;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeResponse;

/// Tables made from backups, or from what other tables were. A table is there, and whole, when its
/// restoring is answered, though the answer says CREATING as the real one does.
final class RestoreOperations {
  private static final byte[] ABSENT = {};

  private final Platform platform;
  private final Store store;
  private final Tables tables;
  private final Backups backups;
  private final Copies copies;
  // The ARNs of the tables that are being restored.
  private final Set<String> targets = ConcurrentHashMap.newKeySet();

  RestoreOperations(Platform platform, Tables tables, Backups backups, Copies copies) {
    this.platform = platform;
    this.store = platform.store();
    this.tables = tables;
    this.backups = backups;
    this.copies = copies;
  }

  /// Restores what a backup holds.
  RestoreTableFromBackupResponse restore(Scope scope, RestoreTableFromBackupRequest request) {
    Overrides overrides = Overrides.of(request);
    var constraints = new Constraints();
    BackupOperations.requireArn(constraints, request.backupArn());
    requireTarget(constraints, request.targetTableName());
    overrides.check(constraints);
    constraints.check();
    Backup backup = backups.existing(scope, request.backupArn());
    Table source = backup.table();
    Table target = target(scope, overrides, source, request.targetTableName());
    requireFree(target);
    String busy =
        "Table: " + target.name() + " is already being restored from backup: " + backup.arn();
    try (var _ = claim(target, busy);
        var _ = backups.use(backup)) {
      make(
          target,
          copy -> {
            var items = new Space(backup.data(), source.key(), null);
            copyAll(store, items, Layout.of(target), copy);
          });
    }
    return RestoreTableFromBackupResponse.builder()
        .tableDescription(TableAnswers.restored(target, source, backup.arn(), backup.created()))
        .build();
  }

  private static void copyAll(Reads reads, Space items, Layout target, Copies.Copy copy) {
    try (Scan scan = reads.scan(items.all())) {
      scan.forEachRemaining(entry -> copy.add(target, entry.value()));
    }
  }

  /// Restores what a table held at a moment at which it remembered its states.
  RestoreTableToPointInTimeResponse restore(Scope scope, RestoreTableToPointInTimeRequest request) {
    Overrides overrides = Overrides.of(request);
    var constraints = new Constraints();
    requireTarget(constraints, request.targetTableName());
    overrides.check(constraints);
    constraints.check();
    requireMoment(request);
    Snapshot snapshot;
    Table source;
    Instant now;
    OpenTable open = source(scope, request);
    try (var _ = open.enter()) {
      now = platform.time().instant();
      source = open.table();
      snapshot = store.snapshot();
    }
    try (snapshot) {
      Instant moment = moment(request, source, now);
      Table target = target(scope, overrides, source, request.targetTableName());
      requireFree(target);
      try (var _ = claim(target, "Table: " + target.name() + " is already being restored")) {
        make(target, copy -> copyState(snapshot, source, moment, Layout.of(target), copy));
      }
      return RestoreTableToPointInTimeResponse.builder()
          .tableDescription(TableAnswers.restored(target, source, null, moment))
          .build();
    }
  }

  private static void requireTarget(Constraints constraints, @Nullable String name) {
    if (constraints.present(name, "targetTableName")) {
      constraints.name(name, "targetTableName");
    }
  }

  private static void requireMoment(RestoreTableToPointInTimeRequest request) {
    if (request.sourceTableName() != null && request.sourceTableArn() != null) {
      throw DynamoDbErrors.request("Must provide exactly one of: sourceTableArn, sourceTableName");
    }
    if (request.sourceTableName() == null && request.sourceTableArn() == null) {
      throw DynamoDbErrors.invalid(
          "The parameter 'TableName' is required but was not present in the request");
    }
    boolean latest = Boolean.TRUE.equals(request.useLatestRestorableTime());
    if (latest && request.restoreDateTime() != null) {
      throw DynamoDbErrors.request(
          "Both RestoreDateTime and UseLatestRestorableTime cannot be set for point-in-time restore"
              + " request. Please set only one of them");
    }
    if (!latest && request.restoreDateTime() == null) {
      throw DynamoDbErrors.request(
          "Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not"
              + " both");
    }
  }

  private OpenTable source(Scope scope, RestoreTableToPointInTimeRequest request) {
    String arn = request.sourceTableArn();
    if (arn != null) {
      Arn parsed =
          Arn.parse(arn)
              .filter(given -> given.service().equals("dynamodb"))
              .filter(given -> given.resource().startsWith("table/"))
              .orElseThrow(() -> DynamoDbErrors.invalid("sourceTableArn is not a valid ARN"));
      if (!parsed.account().equals(scope.account())) {
        throw DynamoDbErrors.invalid(
            "This action is only supported by accounts that match the resource owner’s account.");
      }
      if (!parsed.region().equals(scope.region())) {
        throw DynamoDbErrors.notSupported("A SourceTableArn of another region");
      }
    }
    String name =
        String.valueOf(TableOperations.name(scope, arn == null ? request.sourceTableName() : arn));
    return tables.find(scope, name).orElseThrow(() -> DynamoDbErrors.noTableToBackUp(name));
  }

  private static Instant moment(
      RestoreTableToPointInTimeRequest request, Table source, Instant now) {
    Table.Recovery recovery = source.recovery();
    if (recovery == null) {
      throw DynamoDbErrors.noRecovery(source.name());
    }
    Instant moment = request.restoreDateTime() == null ? now : request.restoreDateTime();
    Instant earliest = recovery.earliest(now);
    if (moment.isBefore(earliest) || moment.isAfter(now)) {
      throw DynamoDbErrors.restoreTime(moment, earliest, now.truncatedTo(ChronoUnit.SECONDS));
    }
    return moment;
  }

  private Table target(Scope scope, Overrides overrides, Table source, String name) {
    return overrides.apply(source, scope, name, platform.ids().uuid(), platform.time().instant());
  }

  private void requireFree(Table target) {
    if (tables.find(target.scope(), target.name()).isPresent()) {
      throw DynamoDbErrors.restoredExists(target.name());
    }
  }

  private OpenTable.Gate claim(Table target, String busy) {
    if (!targets.add(target.arn())) {
      throw DynamoDbErrors.restoredInUse(busy);
    }
    return () -> targets.remove(target.arn());
  }

  private void make(Table target, Consumer<Copies.Copy> fill) {
    try (Copies.Copy copy =
        copies.begin(target.scope(), target.id(), Keys.data(target.scope(), target.id()))) {
      fill.accept(copy);
      if (!tables.create(target, copy::last)) {
        throw DynamoDbErrors.restoredExists(target.name());
      }
      copy.finish();
    }
    tables
        .find(target.scope(), target.name())
        .ifPresent(restored -> restored.statistics().recount());
  }

  /// Copies the items as they were at a moment: first is noted what those were that changed since,
  /// of several changes the first one last; then the items of now are copied that are not noted.
  private void copyState(
      Snapshot now, Table source, Instant moment, Layout target, Copies.Copy copy) {
    var noted = new Space(target.draft(), source.key(), null);
    History.since(
        now,
        source,
        moment,
        change -> {
          byte[] was = change.before() == null ? ABSENT : ItemEncoding.encode(change.before());
          copy.note(noted, change.key(), was);
        });
    copy.flush();
    var items = new Space(Layout.items(source.scope(), source.id()), source.key(), null);
    try (Scan scan = now.scan(items.all())) {
      while (scan.hasNext()) {
        byte[] stored = scan.next().value();
        if (!isNoted(noted, stored)) {
          copy.add(target, stored);
        }
      }
    }
    try (Scan scan = store.scan(noted.all())) {
      while (scan.hasNext()) {
        byte[] was = scan.next().value();
        if (was.length > 0) {
          copy.add(target, was);
        }
      }
    }
    copy.flush();
    store.commit(new Batch().deleteRange(KeyRange.prefix(target.draft())));
  }

  private boolean isNoted(Space noted, byte[] stored) {
    var key = noted.find(ItemEncoding.decode(stored));
    return key != null && store.get(key) != null;
  }
}
