package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.LargeTransactions;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.ManualTime;
import dev.polder.store.KeyRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Point-in-time recovery: states that a table was in, restored as others.
class RecoveryTest {
  @TempDir private Path directory;
  private Fixture fixture;
  private DynamoDbClient db;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    db = fixture.db;
    fixture.create(
        table("notes")
            .attributeDefinitions(attribute("p", "S"), attribute("g", "S"))
            .globalSecondaryIndexes(global("byG", all(), "g")));
    fixture.put("notes", "p", "old", "g", "x", "n", 1);
  }

  private void restart() {
    Instant now = fixture.platform.time().instant();
    fixture.close();
    fixture = new Fixture(TestPlatform.in(directory, new ManualTime(now)));
    db = fixture.db;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private PointInTimeRecoveryDescription remember(boolean enabled) {
    return db.updateContinuousBackups(b ->
            b.tableName("notes")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(enabled)))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription();
  }

  /// Lets a second pass.
  private Instant tick() {
    Instant moment = fixture.platform.time().instant();
    fixture.platform.time().advance(Duration.ofSeconds(1));
    return moment;
  }

  private Set<Map<String, AttributeValue>> restored(Instant moment, String target) {
    var _ =
        db.restoreTableToPointInTime(
            b -> b.sourceTableName("notes").targetTableName(target).restoreDateTime(moment));
    return items(target);
  }

  private Set<Map<String, AttributeValue>> items(String table) {
    return new HashSet<>(db.scan(b -> b.tableName(table)).items());
  }

  @Test
  void everyKindOfChangeIsUndone() {
    assertThat(remember(true).pointInTimeRecoveryStatusAsString()).isEqualTo("ENABLED");
    Instant first = tick();
    fixture.put("notes", "p", "new", "g", "x", "n", 1);
    fixture.put("notes", "p", "old", "g", "y", "n", 2);
    Instant second = tick();
    var _ =
        db.transactWriteItems(b ->
            b.transactItems(
                TransactWriteItem.builder()
                    .delete(d -> d.tableName("notes").key(item("p", "old")))
                    .build(),
                TransactWriteItem.builder()
                    .update(u ->
                        u.tableName("notes")
                            .key(item("p", "new"))
                            .updateExpression("SET n = n + :one")
                            .expressionAttributeValues(item(":one", 1)))
                    .build()));
    fixture.put("notes", "p", "old", "g", "z");
    Instant third = tick();
    restart();

    assertThat(restored(first, "first")).containsExactly(item("p", "old", "g", "x", "n", 1));
    assertThat(restored(second, "second"))
        .containsExactlyInAnyOrder(
            item("p", "old", "g", "y", "n", 2), item("p", "new", "g", "x", "n", 1));
    assertThat(restored(third, "third")).isEqualTo(items("notes"));
    assertThat(db.query(partition("second", "g", "y").indexName("byG").build()).items())
        .containsExactly(item("p", "old", "g", "y", "n", 2));
    assertThat(db.query(partition("second", "g", "z").indexName("byG").build()).items()).isEmpty();
    assertThat(db.describeTable(b -> b.tableName("second")).table().itemCount()).isEqualTo(2);
  }

  @Test
  void whatASweepDeletedIsRestored() {
    var _ = remember(true);
    for (int i = 0; i < 200; i++) {
      fixture.put("notes", "p", "k" + i, "g", "many");
    }
    Set<Map<String, AttributeValue>> before = items("notes");
    Instant moment = tick();
    ScopedValue.where(LargeTransactions.ALLOWED, true)
        .run(() -> {
          var _ =
              db.transactWriteItems(b ->
                  b.transactItems(
                      TransactWriteItem.builder()
                          .delete(d ->
                              d.tableName("notes/index/byG")
                                  .key(Map.of())
                                  .conditionExpression("g = :g")
                                  .expressionAttributeValues(item(":g", "many")))
                          .build()));
        });
    assertThat(items("notes")).hasSize(1);

    assertThat(restored(moment, "again")).isEqualTo(before);
  }

  /// Random changes, with `-Dseed` again the same ones: each state that was is restored.
  @Test
  void everyStateCanBeRestored() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("everyStateCanBeRestored -Dseed=" + seed);
    var random = new Random(seed);
    var _ = remember(true);
    List<Instant> moments = new ArrayList<>();
    List<Set<Map<String, AttributeValue>>> states = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      for (int i = random.nextInt(40); i > 0; i--) {
        String key = "k" + random.nextInt(12);
        if (random.nextInt(3) == 0) {
          var _ = db.deleteItem(b -> b.tableName("notes").key(item("p", key)));
        } else {
          fixture.put("notes", "p", key, "g", "g" + random.nextInt(3), "n", random.nextInt());
        }
      }
      states.add(items("notes"));
      moments.add(tick());
      if (round == 4) {
        restart();
      }
    }

    for (int round = 0; round < 8; round++) {
      assertThat(restored(moments.get(round), "round" + round))
          .as("round " + round + " of seed " + seed)
          .isEqualTo(states.get(round));
    }
  }

  @Test
  void onlyTheWindowCanBeRestored() {
    assertRefused(
        "PointInTimeRecoveryUnavailableException",
        "Point in time recovery is not enabled for table 'notes'",
        () -> restored(TestPlatform.BEGIN, "again"));
    var _ = tick();
    Instant since = fixture.platform.time().instant();
    var _ =
        db.updateContinuousBackups(b ->
            b.tableName("notes")
                .pointInTimeRecoverySpecification(
                    p -> p.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(2)));
    assertThat(remembered().earliestRestorableDateTime()).isEqualTo(since);
    fixture.platform.time().advance(Duration.ofDays(3));

    Instant now = fixture.platform.time().instant();
    assertThat(remembered().earliestRestorableDateTime()).isEqualTo(now.minus(Duration.ofDays(2)));
    assertThat(remembered().latestRestorableDateTime()).isEqualTo(now);
    assertRefused(
        "InvalidRestoreTimeException",
        "RestoreDateTime '"
            + since
            + "' must be within EarliestRestorableDateTime '"
            + now.minus(Duration.ofDays(2))
            + "' and LatestRestorableDateTime '"
            + now
            + "'",
        () -> restored(since, "again"));
    var _ = remember(false);
    assertThat(remembered().earliestRestorableDateTime()).isNull();
    assertThat(db.listTables().tableNames()).containsExactly("notes");
  }

  @Test
  void theSecondInWhichItBeganCanBeRestored() {
    fixture.platform.time().advance(Duration.ofMillis(1700));
    Instant shown = remember(true).earliestRestorableDateTime();
    var _ = tick();
    fixture.put("notes", "p", "old");

    assertThat(shown).isEqualTo(TestPlatform.BEGIN.plusSeconds(1));
    assertThat(restored(shown, "again")).containsExactly(item("p", "old", "g", "x", "n", 1));
  }

  private PointInTimeRecoveryDescription remembered() {
    return db.describeContinuousBackups(b -> b.tableName("notes"))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription();
  }

  @Test
  void whatIsTooOldIsForgotten() {
    var _ = remember(true);
    fixture.put("notes", "p", "old", "n", 2);
    fixture.platform.time().advance(Duration.ofDays(36));
    fixture.put("notes", "p", "old", "n", 3);
    restart();

    try (var scan =
        fixture
            .platform
            .platform()
            .store()
            .scan(
                KeyRange.prefix(
                    Keys.history(
                        Scope.DEFAULT,
                        db.describeTable(b -> b.tableName("notes")).table().tableId())))) {
      assertThat(scan).toIterable().hasSize(1);
    }
  }

  @Test
  void wrongRequestsAreRefused() {
    var _ = remember(true);
    assertInvalid(
        "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be"
            + " specified, but not both",
        () ->
            db.restoreTableToPointInTime(b -> b.sourceTableName("notes").targetTableName("again")));
    assertRefused(
        "TableAlreadyExistsException",
        "Table already exists: notes",
        () ->
            db.restoreTableToPointInTime(b ->
                b.sourceTableName("notes").targetTableName("notes").useLatestRestorableTime(true)));
    assertRefused(
        "TableNotFoundException",
        "Table not found: none",
        () ->
            db.restoreTableToPointInTime(b ->
                b.sourceTableName("none").targetTableName("again").useLatestRestorableTime(true)));
    assertInvalid(
        "1 validation error detected: Value '36' at"
            + " 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy"
            + " constraint: Member must have value less than or equal to 35",
        () ->
            db.updateContinuousBackups(b ->
                b.tableName("notes")
                    .pointInTimeRecoverySpecification(
                        p -> p.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(36))));
  }

  @Test
  void aDeletedTableLeavesABackupForFiveWeeks() {
    var _ = remember(true);
    fixture.put("notes", "p", "new", "g", "x");
    Set<Map<String, AttributeValue>> before = items("notes");
    var _ = db.deleteTable(b -> b.tableName("notes"));
    restart();

    assertThat(db.listBackups().backupSummaries()).isEmpty();
    var backup = db.listBackups(b -> b.backupType("ALL")).backupSummaries().getFirst();
    assertThat(backup.backupName()).isEqualTo("notes$DeletedTableBackup");
    assertThat(backup.backupTypeAsString()).isEqualTo("SYSTEM");
    assertThat(backup.backupExpiryDateTime())
        .isEqualTo(backup.backupCreationDateTime().plus(Duration.ofDays(35)));
    assertInvalid(
        "Invalid Request: User is not allowed to delete the system backup with arn "
            + backup.backupArn()
            + ". It will automatically expire on "
            + backup.backupExpiryDateTime(),
        () -> db.deleteBackup(b -> b.backupArn(backup.backupArn())));
    var _ =
        db.restoreTableFromBackup(b -> b.backupArn(backup.backupArn()).targetTableName("notes"));
    assertThat(items("notes")).isEqualTo(before);
    assertThat(db.query(partition("notes", "g", "x").indexName("byG").build()).count())
        .isEqualTo(2);

    fixture.platform.time().advance(Duration.ofDays(36));
    restart();
    assertThat(db.listBackups(b -> b.backupType("ALL")).backupSummaries()).isEmpty();
    assertThat(items("notes")).isEqualTo(before);
  }
}
