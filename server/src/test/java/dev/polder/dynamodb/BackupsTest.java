package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.key;
import static dev.polder.dynamodb.Fixture.keysOnly;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.store.KeyRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/// Backups that are asked for, and tables restored from them.
class BackupsTest {
  @TempDir private Path directory;
  private Fixture fixture;
  private DynamoDbClient db;

  @BeforeEach
  void start() {
    open();
    fixture.create(
        table("notes")
            .attributeDefinitions(attribute("p", "S"), attribute("g", "S"))
            .globalSecondaryIndexes(global("byG", all(), "g"))
            .onDemandThroughput(t -> t.maxReadRequestUnits(9L))
            .streamSpecification(s -> s.streamEnabled(true).streamViewType("KEYS_ONLY"))
            .tags(Tag.builder().key("team").value("a").build()));
  }

  private void open() {
    fixture = new Fixture(directory);
    db = fixture.db;
  }

  private void restart() {
    fixture.close();
    open();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private String backUp(String name) {
    return db.createBackup(b -> b.tableName("notes").backupName(name)).backupDetails().backupArn();
  }

  private TableDescription restore(
      String arn, String target, Consumer<RestoreTableFromBackupRequest.Builder> more) {
    return db.restoreTableFromBackup(
            b -> {
              b.backupArn(arn).targetTableName(target);
              more.accept(b);
            })
        .tableDescription();
  }

  private TableDescription described(String table) {
    return db.describeTable(b -> b.tableName(table)).table();
  }

  private Set<Map<String, AttributeValue>> items(String table) {
    return new HashSet<>(db.scan(b -> b.tableName(table)).items());
  }

  @Test
  void aBackupOutlivesChangesItsTableAndTheProcess() {
    for (int i = 0; i < 2500; i++) {
      fixture.put("notes", "p", "k" + i, "g", "all", "n", i);
    }
    Set<Map<String, AttributeValue>> before = items("notes");
    String arn = backUp("first");
    fixture.put("notes", "p", "later");
    var _ = db.deleteItem(b -> b.tableName("notes").key(item("p", "k1")));
    var _ = db.deleteTable(b -> b.tableName("notes"));
    restart();

    TableDescription answer = restore(arn, "again", b -> {});

    assertThat(answer.tableStatus()).isEqualTo(TableStatus.CREATING);
    assertThat(answer.restoreSummary().sourceBackupArn()).isEqualTo(arn);
    assertThat(answer.restoreSummary().restoreInProgress()).isTrue();
    assertThat(items("again")).isEqualTo(before);
    assertThat(
            db.query(partition("again", "g", "all").indexName("byG").select("COUNT").build())
                .count())
        .isEqualTo(2500);
    TableDescription table = described("again");
    assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(table.restoreSummary()).isNull();
    assertThat(table.itemCount()).isEqualTo(2500);
    restart();
    assertThat(items("again")).isEqualTo(before);
  }

  @Test
  void aRestoredTableHasWhatTheRealServiceKeeps() {
    var _ =
        db.updateTimeToLive(b ->
            b.tableName("notes")
                .timeToLiveSpecification(t -> t.attributeName("ttl").enabled(true)));
    String arn = backUp("first");

    TableDescription restored = restore(arn, "again", b -> {});

    assertThat(restored.onDemandThroughput().maxReadRequestUnits()).isEqualTo(9);
    assertThat(restored.billingModeSummary().billingModeAsString()).isEqualTo("PAY_PER_REQUEST");
    assertThat(restored.globalSecondaryIndexes()).hasSize(1);
    assertThat(restored.streamSpecification()).isNull();
    assertThat(restored.tableId()).isNotEqualTo(described("notes").tableId());
    assertThat(
            db.describeTimeToLive(b -> b.tableName("again"))
                .timeToLiveDescription()
                .timeToLiveStatusAsString())
        .isEqualTo("DISABLED");
    assertThat(db.listTagsOfResource(b -> b.resourceArn(restored.tableArn())).tags()).isEmpty();
  }

  @Test
  void aBackupIsDescribedWithItsTableAsItWas() {
    fixture.put("notes", "p", "k", "g", "x");
    fixture.platform.time().advance(Duration.ofSeconds(5));
    var made = db.createBackup(b -> b.tableName("notes").backupName("first")).backupDetails();

    assertThat(made.backupStatusAsString()).isEqualTo("CREATING");
    assertThat(made.backupCreationDateTime()).isEqualTo(TestPlatform.BEGIN.plusSeconds(5));
    assertThat(made.backupArn())
        .matches(
            "arn:aws:dynamodb:us-east-1:000000000000:table/notes/backup/[0-9]{14}-[0-9a-f]{8}");
    BackupDescription backup =
        db.describeBackup(b -> b.backupArn(made.backupArn())).backupDescription();
    assertThat(backup.backupDetails().backupStatusAsString()).isEqualTo("AVAILABLE");
    assertThat(backup.backupDetails().backupTypeAsString()).isEqualTo("USER");
    assertThat(backup.sourceTableDetails().itemCount()).isEqualTo(1);
    assertThat(backup.sourceTableDetails().tableId()).isEqualTo(described("notes").tableId());
    assertThat(backup.sourceTableDetails().provisionedThroughput().readCapacityUnits()).isZero();
    var features = backup.sourceTableFeatureDetails();
    assertThat(features.globalSecondaryIndexes().getFirst().indexName()).isEqualTo("byG");
    assertThat(features.streamDescription().streamViewTypeAsString()).isEqualTo("KEYS_ONLY");
    assertThat(features.timeToLiveDescription()).isNull();
  }

  @Test
  void aDeletedBackupIsGone() {
    String arn = backUp("first");

    var gone = db.deleteBackup(b -> b.backupArn(arn)).backupDescription();

    assertThat(gone.backupDetails().backupStatusAsString()).isEqualTo("DELETED");
    assertRefused(
        "BackupNotFoundException",
        "Backup not found: " + arn,
        () -> db.describeBackup(b -> b.backupArn(arn)));
    assertRefused(
        "BackupNotFoundException",
        "Backup not found: " + arn,
        () -> restore(arn, "again", b -> {}));
    assertThat(db.listBackups().backupSummaries()).isEmpty();
  }

  @Test
  void backupsAreListedByTableAndTimeAndInPages() {
    fixture.create(table("other"));
    String first = backUp("same");
    fixture.platform.time().advance(Duration.ofSeconds(1));
    String second = backUp("same");
    Instant third = fixture.platform.time().instant().plusSeconds(1);
    fixture.platform.time().advance(Duration.ofSeconds(1));
    String other =
        db.createBackup(b -> b.tableName("other").backupName("one")).backupDetails().backupArn();

    assertThat(arns(db.listBackups().backupSummaries())).containsExactly(first, second, other);
    assertThat(arns(db.listBackups(b -> b.tableName("notes")).backupSummaries()))
        .containsExactly(first, second);
    assertThat(arns(db.listBackups(b -> b.timeRangeLowerBound(third)).backupSummaries()))
        .containsExactly(other);
    assertThat(arns(db.listBackups(b -> b.timeRangeUpperBound(third)).backupSummaries()))
        .containsExactly(first, second);
    assertThat(db.listBackups(b -> b.backupType("SYSTEM")).backupSummaries()).isEmpty();
    var page = db.listBackups(b -> b.limit(2));
    assertThat(page.lastEvaluatedBackupArn()).isEqualTo(second);
    var rest = db.listBackups(b -> b.exclusiveStartBackupArn(second).limit(1));
    assertThat(arns(rest.backupSummaries())).containsExactly(other);
    assertThat(rest.lastEvaluatedBackupArn()).isNull();
    assertThat(db.listBackups(b -> b.tableName("none")).backupSummaries()).isEmpty();
  }

  private static List<String> arns(List<BackupSummary> backups) {
    return backups.stream().map(BackupSummary::backupArn).toList();
  }

  @Test
  void wrongRequestsAreRefused() {
    String arn = backUp("first");

    assertRefused(
        "TableNotFoundException",
        "Table not found: none",
        () -> db.createBackup(b -> b.tableName("none").backupName("first")));
    assertInvalid(
        "1 validation error detected: Value 'a!b' at 'backupName' failed to satisfy constraint:"
            + " Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        () -> db.createBackup(b -> b.tableName("notes").backupName("a!b")));
    assertInvalid(
        "Invalid Backup ARN",
        () ->
            db.describeBackup(
                b -> b.backupArn("arn:aws:dynamodb:us-east-1:000000000000:table/notes")));
    assertRefused(
        "AccessDeniedException",
        "Access is denied",
        () -> db.describeBackup(b -> b.backupArn(arn.replace("000000000000", "111111111111"))));
    assertRefused(
        "TableAlreadyExistsException",
        "Table already exists: notes",
        () -> restore(arn, "notes", b -> {}));
    assertInvalid(
        "One or more parameter values were invalid: Time range lower bound must be less than or"
            + " equal to upper bound",
        () ->
            db.listBackups(b ->
                b.timeRangeLowerBound(TestPlatform.BEGIN.plusSeconds(1))
                    .timeRangeUpperBound(TestPlatform.BEGIN)));
  }

  @Test
  void aRestoredTableCanBeBilledAndIndexedOtherwise() {
    fixture.put("notes", "p", "k", "g", "x", "n", 1);
    String arn = backUp("first");

    TableDescription bare =
        restore(
            arn,
            "bare",
            b ->
                b.globalSecondaryIndexOverride(List.of())
                    .billingModeOverride("PROVISIONED")
                    .provisionedThroughputOverride(
                        u -> u.readCapacityUnits(2L).writeCapacityUnits(3L)));
    assertThat(bare.hasGlobalSecondaryIndexes()).isFalse();
    assertThat(bare.attributeDefinitions()).hasSize(1);
    assertThat(bare.provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
    assertThat(bare.onDemandThroughput()).isNull();

    var _ =
        restore(arn, "renamed", b -> b.globalSecondaryIndexOverride(global("renamed", all(), "g")));
    assertThat(db.query(partition("renamed", "g", "x").indexName("renamed").build()).items())
        .containsExactly(item("p", "k", "g", "x", "n", 1));

    assertInvalid(
        "Invalid Request: Index byG does not match a secondary index that existed in the source"
            + " table and cannot be created during the restore operation",
        () ->
            restore(
                arn, "xyz", b -> b.globalSecondaryIndexOverride(global("byG", keysOnly(), "g"))));
    assertInvalid(
        "Invalid Request: Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED",
        () ->
            restore(
                arn,
                "xyz",
                b ->
                    b.provisionedThroughputOverride(
                        u -> u.readCapacityUnits(2L).writeCapacityUnits(3L))));
    assertInvalid(
        "Invalid Request: Must override ProvisionedThroughput if BillingMode is overridden to"
            + " PROVISIONED",
        () -> restore(arn, "xyz", b -> b.billingModeOverride("PROVISIONED")));
    assertThat(db.listTables().tableNames()).containsExactly("bare", "notes", "renamed");
  }

  @Test
  void whatIsCutOffLeavesNothing() {
    for (int i = 0; i < 2500; i++) {
      fixture.put("notes", "p", "k" + i, "g", "all");
    }
    String arn = backUp("first");
    var store = new RefusingStore(fixture.platform.platform().store());
    var service = new DynamoDbService(fixture.platform.over(store));
    service.start();
    DynamoDbClient full = service.client(Scope.DEFAULT);

    store.fillAfter(3);
    assertThatThrownBy(
            () -> full.restoreTableFromBackup(b -> b.backupArn(arn).targetTableName("again")))
        .isInstanceOf(InternalServerErrorException.class);
    store.makeRoom();
    store.fillAfter(3);
    assertThatThrownBy(() -> full.createBackup(b -> b.tableName("notes").backupName("second")))
        .isInstanceOf(InternalServerErrorException.class);

    assertThat(full.listBackups().backupSummaries()).hasSize(1);
    assertThat(full.listTables().tableNames()).containsExactly("notes");
    service.close();
    restart();
    assertThat(db.listBackups().backupSummaries()).hasSize(1);
    try (var left =
        fixture.platform.platform().store().scan(KeyRange.prefix(Keys.copies(Scope.DEFAULT)))) {
      assertThat(left).isExhausted();
    }
    var _ = restore(arn, "again", b -> {});
    assertThat(items("again")).hasSize(2500);
  }

  @Test
  void localIndexesComeBackToo() {
    fixture.create(
        table("sorted")
            .attributeDefinitions(attribute("p", "S"), attribute("s", "S"), attribute("l", "N"))
            .keySchema(key("p", "s"))
            .localSecondaryIndexes(Fixture.local("byL", all(), "p", "l")));
    fixture.put("sorted", "p", "a", "s", "x", "l", 2);
    fixture.put("sorted", "p", "a", "s", "y", "l", 1);
    String arn =
        db.createBackup(b -> b.tableName("sorted").backupName("one")).backupDetails().backupArn();

    var _ = restore(arn, "again", b -> {});

    assertThat(db.query(partition("again", "p", "a").indexName("byL").build()).items())
        .extracting(each -> each.get("s").s())
        .containsExactly("y", "x");
  }
}
