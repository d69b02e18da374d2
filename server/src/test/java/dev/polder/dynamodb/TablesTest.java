package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.key;
import static dev.polder.dynamodb.Fixture.keysOnly;
import static dev.polder.dynamodb.Fixture.local;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.sorted;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.Await;
import dev.polder.kernel.TestPlatform;
import dev.polder.kernel.time.RunningTime;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/// Tables and what belongs to them beside items.
class TablesTest {
  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private TableDescription described(String name) {
    return fixture.db.describeTable(b -> b.tableName(name)).table();
  }

  @Test
  void aTableIsCreatingInTheAnswerAndActiveFromThenOn() {
    var made = fixture.db.createTable(table("made").build()).tableDescription();

    assertThat(made.tableStatus()).isEqualTo(TableStatus.CREATING);
    assertThat(made.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/made");
    assertThat(described("made").tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(described("made").billingModeSummary().billingMode())
        .isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(described("made").creationDateTime()).isEqualTo(TestPlatform.BEGIN);
    assertThat(
            fixture.db.waiter().waitUntilTableExists(b -> b.tableName("made")).matched().response())
        .isPresent();
  }

  @Test
  void tablesOutliveTheProcessWithTheirStatistics() {
    fixture.create(
        sorted("kept", "N")
            .attributeDefinitions(attribute("p", "S"), attribute("s", "N"), attribute("g", "S"))
            .globalSecondaryIndexes(global("byG", keysOnly(), "g")));
    fixture.put("kept", "p", "a", "s", 1, "g", "x");
    fixture.put("kept", "p", "a", "s", 2);
    TableDescription before = described("kept");
    fixture.close();

    fixture = new Fixture(directory);

    assertThat(described("kept")).isEqualTo(before);
    assertThat(before.itemCount()).isEqualTo(2);
    assertThat(before.globalSecondaryIndexes().getFirst().itemCount()).isEqualTo(1);
  }

  @Test
  void statisticsAreCountedAnewWhenTheyWereNotWritten() {
    fixture.create(table("counted"));
    fixture.put("counted", "p", "a");
    fixture.put("counted", "p", "b");
    fixture.platform.close();
    fixture = new Fixture(directory);
    fixture.put("counted", "p", "c");
    // The service is not closed, as if the process had been killed.
    var killed = fixture;
    killed.platform.platform().store().close();

    fixture = new Fixture(directory);

    Await.until(() -> described("counted").itemCount() == 3);
    fixture.put("counted", "p", "d");
    assertThat(described("counted").itemCount()).isEqualTo(4);
  }

  @Test
  void aDeletedTableIsGoneWithItsItems() {
    fixture.create(table("gone"));
    fixture.put("gone", "p", "a");

    var deleted = fixture.db.deleteTable(b -> b.tableName("gone")).tableDescription();

    assertThat(deleted.tableStatus()).isEqualTo(TableStatus.DELETING);
    assertRefused(
        "ResourceNotFoundException",
        "Requested resource not found: Table: gone not found",
        () -> described("gone"));
    fixture.create(table("gone"));
    assertThat(fixture.get("gone", "p", "a")).isEmpty();
    assertThat(described("gone").itemCount()).isZero();
  }

  @Test
  void aProtectedTableIsNotDeleted() {
    fixture.create(table("safe").deletionProtectionEnabled(true));

    assertInvalid(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion"
            + " protection first.",
        () -> fixture.db.deleteTable(b -> b.tableName("safe")));

    var _ = fixture.db.updateTable(b -> b.tableName("safe").deletionProtectionEnabled(false));
    var _ = fixture.db.deleteTable(b -> b.tableName("safe"));
    assertThat(fixture.db.listTables().tableNames()).isEmpty();
  }

  @Test
  void tablesAreListedInPages() {
    for (String name : List.of("ccc", "aaa", "bbb")) {
      fixture.create(table(name));
    }

    var first = fixture.db.listTables(b -> b.limit(2));
    var second =
        fixture.db.listTables(b -> b.exclusiveStartTableName(first.lastEvaluatedTableName()));

    assertThat(first.tableNames()).containsExactly("aaa", "bbb");
    assertThat(second.tableNames()).containsExactly("ccc");
    assertThat(second.lastEvaluatedTableName()).isNull();
  }

  @Test
  void aNameIsTakenOnce() {
    fixture.create(table("taken"));

    assertRefused(
        "ResourceInUseException",
        "Table already exists: taken",
        () -> fixture.create(table("taken")));
  }

  @Test
  void badTablesAreRefusedAsTheRealServiceDoes() {
    assertInvalid(
        "The parameter 'TableName' is required but was not present in the request",
        () -> fixture.db.createTable(b -> {}));
    assertInvalid(
        "TableName must be at least 3 characters long and at most 255 characters long",
        () -> fixture.create(table("ab")));
    assertInvalid(
        "1 validation error detected: Value 'a!b' at 'tableName' failed to satisfy constraint:"
            + " Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        () -> fixture.create(table("a!b")));
    assertInvalid(
        "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must"
            + " both be specified when BillingMode is PROVISIONED",
        () -> fixture.create(table("bad").billingMode(BillingMode.PROVISIONED)));
    assertInvalid(
        "One or more parameter values were invalid: Number of attributes in KeySchema does not"
            + " exactly match number of attributes defined in AttributeDefinitions",
        () ->
            fixture.create(
                table("bad").attributeDefinitions(attribute("p", "S"), attribute("q", "S"))));
    assertInvalid(
        "One or more parameter values were invalid: Table KeySchema does not have a range key,"
            + " which is required when specifying a LocalSecondaryIndex",
        () -> fixture.create(table("bad").localSecondaryIndexes(local("byS", all(), "p", "s"))));
    assertInvalid(
        "One or more parameter values were invalid: Some index key attributes are not defined in"
            + " AttributeDefinitions. Keys: [g], AttributeDefinitions: [p]",
        () -> fixture.create(table("bad").globalSecondaryIndexes(global("byG", all(), "g"))));
    assertInvalid(
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
        () ->
            fixture.create(sorted("bad", "S").keySchema(key("p").getFirst(), key("s").getFirst())));
    assertThat(fixture.db.listTables().tableNames()).isEmpty();
  }

  @Test
  void capacityIsChangedAndDescribed() {
    var units = ProvisionedThroughput.builder();
    fixture.create(
        table("units")
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(units.readCapacityUnits(5L).writeCapacityUnits(5L).build()));

    assertInvalid(
        "The provisioned throughput for the table will not change. The requested value equals the"
            + " current value. Current ReadCapacityUnits provisioned for the table: 5. Requested"
            + " ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 5."
            + " Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for"
            + " current limits and how to request higher limits.",
        () ->
            fixture.db.updateTable(b -> b.tableName("units").provisionedThroughput(units.build())));
    var _ =
        fixture.db.updateTable(
            b -> b.tableName("units").provisionedThroughput(units.readCapacityUnits(9L).build()));

    assertThat(described("units").provisionedThroughput().readCapacityUnits()).isEqualTo(9);
    assertThat(described("units").provisionedThroughput().lastIncreaseDateTime())
        .isAfter(TestPlatform.BEGIN);
  }

  @Test
  void anAddedIndexIsFilledWithOlderItems() {
    fixture.close();
    fixture = new Fixture(TestPlatform.in(directory, RunningTime.real()));
    fixture.create(table("grown"));
    for (int i = 0; i < 450; i++) {
      fixture.put("grown", "p", "i" + i, "g", "g" + i % 2);
    }

    var answer =
        fixture.db.updateTable(b ->
            b.tableName("grown")
                .attributeDefinitions(attribute("g", "S"))
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder()
                        .create(c -> c.indexName("byG").keySchema(key("g")).projection(keysOnly()))
                        .build()));
    assertThat(answer.tableDescription().tableStatus()).isEqualTo(TableStatus.UPDATING);
    Await.until(() ->
        described("grown").globalSecondaryIndexes().getFirst().indexStatus() == IndexStatus.ACTIVE);

    var query = fixture.db.query(partition("grown", "g", "g0").indexName("byG").build());
    assertThat(query.count()).isEqualTo(225);
    // Its items are counted beside all else.
    Await.until(() -> described("grown").globalSecondaryIndexes().getFirst().itemCount() == 450);
  }

  @Test
  void aRemovedIndexCanBeAddedAgainWithAnotherKey() {
    fixture.create(
        table("moved")
            .attributeDefinitions(attribute("p", "S"), attribute("g", "S"))
            .globalSecondaryIndexes(global("byG", all(), "g")));
    fixture.put("moved", "p", "a", "g", "x", "h", "y");

    var _ =
        fixture.db.updateTable(b ->
            b.tableName("moved")
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder().delete(d -> d.indexName("byG")).build()));

    assertThat(described("moved").hasGlobalSecondaryIndexes()).isFalse();
    assertThat(described("moved").attributeDefinitions()).containsExactly(attribute("p", "S"));
    assertInvalid(
        "The table does not have the specified index: byG",
        () -> fixture.db.query(partition("moved", "g", "x").indexName("byG").build()));
    assertThat(fixture.get("moved", "p", "a")).isEqualTo(item("p", "a", "g", "x", "h", "y"));
  }

  @Test
  void tagsAreKeptWithTheTable() {
    String arn =
        fixture
            .db
            .createTable(table("tagged").tags(Tag.builder().key("a").value("1").build()).build())
            .tableDescription()
            .tableArn();
    var _ =
        fixture.db.tagResource(
            b -> b.resourceArn(arn).tags(Tag.builder().key("b").value("2").build()));
    var _ = fixture.db.untagResource(b -> b.resourceArn(arn).tagKeys("a"));

    assertThat(fixture.db.listTagsOfResource(b -> b.resourceArn(arn)).tags())
        .containsExactly(Tag.builder().key("b").value("2").build());
  }

  @Test
  void badChangesOfIndexesAreRefusedAsTheRealServiceDoes() {
    fixture.create(
        table("bad")
            .attributeDefinitions(attribute("p", "S"), attribute("g", "S"))
            .globalSecondaryIndexes(global("byG", all(), "g")));

    assertInvalid(
        "Attempting to create an index which already exists",
        () -> addIndex("byG", "g", attribute("g", "S")));
    assertInvalid(
        "One or more parameter values were invalid: Some index key attributes are not defined in"
            + " AttributeDefinitions. Keys: [g], AttributeDefinitions: [h]",
        () -> addIndex("other", "g", attribute("h", "S")));
    assertInvalid(
        "One or more parameter values were invalid: Attributes cannot be redefined. Please check"
            + " that your attribute has the same type as previously defined. Existing schema:"
            + " Schema:[SchemaElement: key{g:S}] New schema: Schema:[SchemaElement: key{g:N}]",
        () -> addIndex("other", "g", attribute("g", "N")));
    assertRefused(
        "ResourceNotFoundException",
        "Requested resource not found: Index none for table bad",
        () ->
            fixture.db.updateTable(b ->
                b.tableName("bad")
                    .globalSecondaryIndexUpdates(
                        GlobalSecondaryIndexUpdate.builder()
                            .delete(d -> d.indexName("none"))
                            .build())));
  }

  private void addIndex(String name, String key, AttributeDefinition definition) {
    var _ =
        fixture.db.updateTable(b ->
            b.tableName("bad")
                .attributeDefinitions(definition)
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder()
                        .create(c -> c.indexName(name).keySchema(key(key)).projection(keysOnly()))
                        .build()));
  }

  @Test
  void badTagsAreRefused() {
    String arn = fixture.db.createTable(table("tags").build()).tableDescription().tableArn();

    String none = arn.replace("table/tags", "table/none");
    assertInvalid("Invalid TableArn", () -> fixture.db.listTagsOfResource(b -> {}));
    assertRefused(
        "AccessDeniedException",
        "User: unknown is not authorized to perform: dynamodb:TagResource on resource: tags",
        () -> fixture.db.tagResource(b -> b.resourceArn("tags")));
    assertInvalid(
        "Invalid TableArn: Invalid ResourceArn provided as input " + arn + "/stream/x",
        () -> fixture.db.untagResource(b -> b.resourceArn(arn + "/stream/x").tagKeys("a")));
    assertInvalid(
        "Atleast one Tag Key needs to be provided as Input.",
        () -> fixture.db.untagResource(b -> b.resourceArn(arn).tagKeys(List.of())));
    assertRefused(
        "ResourceNotFoundException",
        "Requested resource not found: ResourcArn: " + none + " not found",
        () -> fixture.db.listTagsOfResource(b -> b.resourceArn(none)));
    assertRefused(
        "ResourceNotFoundException",
        "Requested resource not found",
        () -> fixture.db.untagResource(b -> b.resourceArn(none).tagKeys("a")));
    assertInvalid("The Tag Value provided is invalid, Value: #!", () -> tag(arn, tag("a", "#!")));
    assertInvalid(
        "Tag Key cannot be prefixed with aws:, Key: aws:x", () -> tag(arn, tag("aws:x", "y")));
    assertInvalid(
        "Duplicate Tag Keys provided as input: Duplicate Tag Key found a",
        () -> tag(arn, tag("a", "1"), tag("a", "2")));
    assertInvalid(
        "Number of Tags exceed the current limit for the provided ResourceArn",
        () ->
            tag(arn, IntStream.range(0, 51).mapToObj(n -> tag("k" + n, "v")).toArray(Tag[]::new)));
    assertThat(fixture.db.listTagsOfResource(b -> b.resourceArn(arn)).tags()).isEmpty();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private void tag(String arn, Tag... tags) {
    var _ = fixture.db.tagResource(b -> b.resourceArn(arn).tags(tags));
  }

  @Test
  void whatToolsAskForIsAnswered() {
    fixture.create(table("asked"));

    assertThat(fixture.db.describeLimits().tableMaxReadCapacityUnits()).isPositive();
    assertThat(fixture.db.describeEndpoints().endpoints()).hasSize(1);
    assertThat(
            fixture
                .db
                .describeContinuousBackups(b -> b.tableName("asked"))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription()
                .pointInTimeRecoveryStatusAsString())
        .isEqualTo("DISABLED");
    assertThat(
            fixture
                .db
                .describeTimeToLive(b -> b.tableName("asked"))
                .timeToLiveDescription()
                .timeToLiveStatusAsString())
        .isEqualTo("DISABLED");
  }

  @Test
  void whatThereIsNotIsDescribedAsOfATableThatNeverHadIt() {
    fixture.create(table("plain"));
    String arn = described("plain").tableArn();

    assertThat(
            fixture
                .db
                .describeContributorInsights(b -> b.tableName("plain"))
                .contributorInsightsStatusAsString())
        .isEqualTo("DISABLED");
    assertThat(
            fixture
                .db
                .describeKinesisStreamingDestination(b -> b.tableName("plain"))
                .kinesisDataStreamDestinations())
        .isEmpty();
    assertThat(fixture.db.listBackups().backupSummaries()).isEmpty();
    assertThat(fixture.db.listGlobalTables().globalTables()).isEmpty();
    assertRefused(
        "PolicyNotFoundException",
        "Resource-based policy not found for the provided ResourceArn: " + arn,
        () -> fixture.db.getResourcePolicy(b -> b.resourceArn(arn)));
    assertRefused(
        "GlobalTableNotFoundException",
        "Global table not found: Global table with name: 'plain' does not exist.",
        () -> fixture.db.describeGlobalTable(b -> b.globalTableName("plain")));
    assertRefused(
        "TableNotFoundException",
        "Table not found: none",
        () -> fixture.db.describeContinuousBackups(b -> b.tableName("none")));
  }
}
