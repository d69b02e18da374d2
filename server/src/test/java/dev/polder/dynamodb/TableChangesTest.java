package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.key;
import static dev.polder.dynamodb.Fixture.local;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// UpdateTable: what it refuses, what it answers and what is described afterwards. The table has 5
/// and 5 units and an index `byG` with 2 and 2.
class TableChangesTest {
  private static final String INVALID = "One or more parameter values were invalid: ";

  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(
        table("shop")
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(units(5, 5))
            .attributeDefinitions(attribute("s", "S"), attribute("p", "S"), attribute("g", "S"))
            .keySchema(key("p", "s"))
            .localSecondaryIndexes(local("byS", all(), "p", "g"))
            .globalSecondaryIndexes(
                global("byG", all(), "g").toBuilder().provisionedThroughput(units(2, 2)).build()));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static ProvisionedThroughput units(long read, long write) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(read)
        .writeCapacityUnits(write)
        .build();
  }

  private TableDescription change(Consumer<UpdateTableRequest.Builder> change) {
    return fixture.db.updateTable(b -> change.accept(b.tableName("shop"))).tableDescription();
  }

  private TableDescription described() {
    return fixture.db.describeTable(b -> b.tableName("shop")).table();
  }

  private static GlobalSecondaryIndexDescription index(TableDescription table, String name) {
    return table.globalSecondaryIndexes().stream()
        .filter(each -> each.indexName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static GlobalSecondaryIndexUpdate resize(String index, long read, long write) {
    return GlobalSecondaryIndexUpdate.builder()
        .update(u -> u.indexName(index).provisionedThroughput(units(read, write)))
        .build();
  }

  private static GlobalSecondaryIndexUpdate drop(String index) {
    return GlobalSecondaryIndexUpdate.builder().delete(d -> d.indexName(index)).build();
  }

  private static GlobalSecondaryIndexUpdate make(String index, ProvisionedThroughput units) {
    return GlobalSecondaryIndexUpdate.builder()
        .create(c ->
            c.indexName(index).keySchema(key("h")).projection(all()).provisionedThroughput(units))
        .build();
  }

  private static void assertUnits(
      ProvisionedThroughputDescription given, long read, long write, long decreases) {
    assertThat(given.readCapacityUnits()).isEqualTo(read);
    assertThat(given.writeCapacityUnits()).isEqualTo(write);
    assertThat(given.numberOfDecreasesToday()).isEqualTo(decreases);
  }

  @Test
  void aChangeOfCapacityIsAnsweredWithWhatWasAndDescribedWithWhatIs() {
    TableDescription answer = change(b -> b.provisionedThroughput(units(3, 4)));

    assertThat(answer.tableStatus()).isEqualTo(TableStatus.UPDATING);
    assertUnits(answer.provisionedThroughput(), 5, 5, 0);
    assertThat(answer.provisionedThroughput().lastDecreaseDateTime()).isEqualTo(TestPlatform.BEGIN);
    assertUnits(described().provisionedThroughput(), 3, 4, 1);
    Instant decreased = described().provisionedThroughput().lastDecreaseDateTime();
    assertThat(decreased).isAfter(TestPlatform.BEGIN);

    TableDescription again = change(b -> b.provisionedThroughput(units(6, 6)));
    assertUnits(again.provisionedThroughput(), 3, 4, 1);
    assertThat(again.provisionedThroughput().lastDecreaseDateTime()).isEqualTo(decreased);
    assertUnits(described().provisionedThroughput(), 6, 6, 1);
  }

  @Test
  void decreasesAreCountedByTheDay() {
    var _ = change(b -> b.provisionedThroughput(units(4, 4)));
    var _ = change(b -> b.provisionedThroughput(units(3, 3)));
    // In one unit raised, in the other lowered.
    var _ = change(b -> b.provisionedThroughput(units(4, 2)));
    assertUnits(described().provisionedThroughput(), 4, 2, 2);

    fixture.platform.time().advance(Duration.ofDays(1));
    assertUnits(described().provisionedThroughput(), 4, 2, 0);
  }

  @Test
  void afterFourDecreasesThereIsOneAnHour() {
    for (long units = 4; units > 0; units--) {
      long wanted = units;
      var _ = change(b -> b.provisionedThroughput(units(wanted, 5)));
    }
    fixture.platform.time().advance(Duration.ofMinutes(30));

    assertRefused(
        "LimitExceededException",
        "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC"
            + " day. After the first 4 decreases, each subsequent decrease in the same UTC day can"
            + " be performed at most once every 3600 seconds. Number of decreases today: 4. Last"
            + " decrease at Friday, May 1, 2020 at 12:00:00 AM Coordinated Universal Time. Next"
            + " decrease can be made at Friday, May 1, 2020 at 1:00:00 AM Coordinated Universal"
            + " Time",
        () -> change(b -> b.provisionedThroughput(units(1, 4))));
    var _ = change(b -> b.provisionedThroughput(units(1, 6)));
    fixture.platform.time().advance(Duration.ofMinutes(31));
    var _ = change(b -> b.provisionedThroughput(units(1, 4)));
    assertUnits(described().provisionedThroughput(), 1, 4, 5);
  }

  @Test
  void limitsOfWhatIsBilledByRequestAreSetChangedAndDropped() {
    assertInvalid(
        INVALID
            + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table"
            + " BillingMode is PROVISIONED",
        () -> change(b -> b.onDemandThroughput(t -> t.maxReadRequestUnits(5L))));
    TableDescription switched =
        change(b ->
            b.billingMode(BillingMode.PAY_PER_REQUEST)
                .onDemandThroughput(t -> t.maxReadRequestUnits(5L).maxWriteRequestUnits(6L)));
    assertThat(switched.onDemandThroughput().maxReadRequestUnits()).isEqualTo(5);

    TableDescription answer = change(b -> b.onDemandThroughput(t -> t.maxWriteRequestUnits(-1L)));
    assertThat(answer.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(answer.onDemandThroughput().maxReadRequestUnits()).isEqualTo(5);
    assertThat(answer.onDemandThroughput().maxWriteRequestUnits()).isEqualTo(-1);
    assertThat(described().onDemandThroughput().maxReadRequestUnits()).isEqualTo(5);
    assertThat(described().onDemandThroughput().maxWriteRequestUnits()).isNull();

    assertInvalid(
        INVALID
            + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid"
            + " range",
        () -> change(b -> b.onDemandThroughput(t -> t.maxReadRequestUnits(0L))));
    assertInvalid(
        INVALID
            + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request",
        () ->
            change(b ->
                b.streamSpecification(s -> s.streamEnabled(true).streamViewType("KEYS_ONLY"))
                    .onDemandThroughput(t -> t.maxReadRequestUnits(5L))));

    var limited =
        GlobalSecondaryIndexUpdate.builder()
            .update(u -> u.indexName("byG").onDemandThroughput(t -> t.maxWriteRequestUnits(3L)))
            .build();
    var _ = change(b -> b.globalSecondaryIndexUpdates(limited));
    assertThat(index(described(), "byG").onDemandThroughput().maxWriteRequestUnits()).isEqualTo(3);

    var _ =
        change(b ->
            b.billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units(1, 1))
                .globalSecondaryIndexUpdates(resize("byG", 1, 1)));
    assertThat(described().onDemandThroughput()).isNull();
    assertThat(index(described(), "byG").onDemandThroughput()).isNull();
  }

  @Test
  void indexesAreResizedBesideTheTable() {
    TableDescription answer = change(b -> b.globalSecondaryIndexUpdates(resize("byG", 1, 2)));

    assertThat(answer.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(index(answer, "byG").indexStatus()).isEqualTo(IndexStatus.UPDATING);
    assertUnits(index(answer, "byG").provisionedThroughput(), 2, 2, 0);
    assertUnits(index(described(), "byG").provisionedThroughput(), 1, 2, 1);
    assertInvalid(
        "The provisioned throughput for the index byG will not change. The requested value equals"
            + " the current value. Current ReadCapacityUnits provisioned for index byG: 1."
            + " Requested ReadCapacityUnits: 1. Current WriteCapacityUnits provisioned for index"
            + " byG: 2. Requested WriteCapacityUnits: 2. Refer to the Amazon DynamoDB Developer"
            + " Guide for current limits and how to request higher limits.",
        () -> change(b -> b.globalSecondaryIndexUpdates(resize("byG", 1, 2))));
    assertInvalid(
        "This operation cannot be performed with given input values. Please contact DynamoDB"
            + " service team for more info: Action Blocked: IndexUpdate",
        () -> change(b -> b.globalSecondaryIndexUpdates(resize("none", 1_000_000_000_001L, 1))));
    assertInvalid(
        "Cannot update an index that is not a GlobalSecondaryIndex: byS",
        () -> change(b -> b.globalSecondaryIndexUpdates(resize("byS", 1, 1))));
  }

  @Test
  void billingIsSwitchedWithAllIndexes() {
    TableDescription answer = change(b -> b.billingMode(BillingMode.PAY_PER_REQUEST));

    assertUnits(answer.provisionedThroughput(), 0, 0, 0);
    assertThat(answer.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(answer.billingModeSummary().lastUpdateToPayPerRequestDateTime()).isNull();
    assertThat(index(answer, "byG").indexStatus()).isEqualTo(IndexStatus.UPDATING);
    assertUnits(index(answer, "byG").provisionedThroughput(), 0, 0, 0);
    Instant since = described().billingModeSummary().lastUpdateToPayPerRequestDateTime();
    assertThat(since).isAfter(TestPlatform.BEGIN);
    assertThat(described().provisionedThroughput().lastDecreaseDateTime()).isNull();
    assertInvalid(
        INVALID
            + "The only Updates for index: byG when TableThroughputMode is PAY_PER_REQUEST can be to"
            + " OnDemandThroughput, WarmThroughput",
        () -> change(b -> b.globalSecondaryIndexUpdates(resize("byG", 1, 1))));
    assertInvalid(
        INVALID + "ProvisionedThroughput must be specified for index: byG",
        () ->
            change(b -> b.billingMode(BillingMode.PROVISIONED).provisionedThroughput(units(1, 1))));

    TableDescription back =
        change(b ->
            b.billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units(7, 7))
                .globalSecondaryIndexUpdates(resize("byG", 8, 8)));
    assertUnits(back.provisionedThroughput(), 7, 7, 0);
    assertThat(back.billingModeSummary().billingMode()).isEqualTo(BillingMode.PROVISIONED);
    assertThat(back.billingModeSummary().lastUpdateToPayPerRequestDateTime()).isEqualTo(since);
    assertThat(index(described(), "byG").provisionedThroughput().readCapacityUnits()).isEqualTo(8);
    assertThat(described().provisionedThroughput().lastIncreaseDateTime()).isNull();
  }

  @Test
  void billingByRequestCanBeAskedForAgain() {
    var _ = change(b -> b.billingMode(BillingMode.PAY_PER_REQUEST));
    TableDescription before = described();
    TableDescription answer = change(b -> b.billingMode(BillingMode.PAY_PER_REQUEST));

    assertThat(answer.tableStatus()).isEqualTo(TableStatus.UPDATING);
    assertThat(described()).isEqualTo(before);
  }

  @Test
  void aDroppedIndexIsStillInTheAnswer() {
    TableDescription answer = change(b -> b.globalSecondaryIndexUpdates(drop("byG")));

    assertThat(answer.tableStatus()).isEqualTo(TableStatus.UPDATING);
    assertThat(index(answer, "byG").indexStatus()).isEqualTo(IndexStatus.DELETING);
    assertThat(described().hasGlobalSecondaryIndexes()).isFalse();
  }

  @Test
  void aNewIndexIsAnsweredBeforeItIsFilled() {
    TableDescription answer =
        change(b ->
            b.attributeDefinitions(attribute("h", "S"), attribute("p", "N"))
                .globalSecondaryIndexUpdates(make("byH", units(1, 1)), resize("byG", 3, 3)));

    assertThat(index(answer, "byH").indexStatus()).isEqualTo(IndexStatus.CREATING);
    assertThat(index(answer, "byH").backfilling()).isFalse();
    assertThat(described().attributeDefinitions())
        .as("in the order of their names, and of the types they had")
        .containsExactly(
            attribute("g", "S"), attribute("h", "S"), attribute("p", "S"), attribute("s", "S"));
  }

  @Test
  void indexesAreMadeAndDroppedOneAtATime() {
    assertRefused(
        "LimitExceededException",
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per"
            + " table",
        () ->
            change(b ->
                b.attributeDefinitions(attribute("h", "S"))
                    .globalSecondaryIndexUpdates(make("byH", units(1, 1)), drop("byG"))));
    assertInvalid(
        INVALID + "AttributeDefinitions is not specified for index: byH",
        () -> change(b -> b.globalSecondaryIndexUpdates(make("byH", units(1, 1)))));
    assertInvalid(
        INVALID + "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: byH",
        () ->
            change(b ->
                b.attributeDefinitions(attribute("h", "S"))
                    .globalSecondaryIndexUpdates(make("byH", null))));
    assertInvalid(
        INVALID
            + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
            + " object",
        () ->
            change(b ->
                b.globalSecondaryIndexUpdates(
                    resize("byG", 1, 1).toBuilder().delete(d -> d.indexName("byG")).build())));
    assertThat(described().globalSecondaryIndexes()).hasSize(1);
  }

  @Test
  void aRequestMakesOneChange() {
    assertInvalid(
        INVALID + "Server-Side Encryption modification must be the only operation in the request",
        () ->
            change(b ->
                b.sseSpecification(s -> s.enabled(true))
                    .tableClass(TableClass.STANDARD)
                    .deletionProtectionEnabled(true)));
    assertInvalid(
        INVALID + "TableClass modification must be the only operation in the request",
        () -> change(b -> b.tableClass(TableClass.STANDARD).deletionProtectionEnabled(true)));
    assertInvalid(
        INVALID + "DeletionProtection modification must be the only operation in the request",
        () -> change(b -> b.deletionProtectionEnabled(true).provisionedThroughput(units(9, 9))));
    assertInvalid(
        INVALID + "You cannot modify stream status while updating table IOPS",
        () ->
            change(b ->
                b.provisionedThroughput(units(9, 9))
                    .streamSpecification(
                        s -> s.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY))));
    assertInvalid(
        INVALID + "You cannot create or delete index while updating table IOPS",
        () ->
            change(b ->
                b.provisionedThroughput(units(9, 9)).globalSecondaryIndexUpdates(drop("byG"))));
    assertInvalid(
        INVALID + "List of GlobalSecondaryIndexUpdates is empty",
        () ->
            change(b -> b.deletionProtectionEnabled(true).globalSecondaryIndexUpdates(List.of())));
    assertUnits(described().provisionedThroughput(), 5, 5, 0);
    assertThat(described().deletionProtectionEnabled()).isFalse();
  }

  @Test
  void encryptionIsAskedForInOneWay() {
    assertInvalid(
        INVALID + "Table is already encrypted by default",
        () -> change(b -> b.sseSpecification(s -> s.enabled(false))));
    assertInvalid(
        INVALID + "SSEType KMS is required if KMSMasterKeyId is specified",
        () -> change(b -> b.sseSpecification(s -> s.enabled(true).kmsMasterKeyId("alias/mine"))));
    assertInvalid(
        INVALID + "SSEType can not be specified if Enabled is false",
        () -> change(b -> b.sseSpecification(s -> s.enabled(false).sseType(SSEType.KMS))));

    var _ = change(b -> b.sseSpecification(s -> s.sseType(SSEType.KMS)));
    assertThat(described().sseDescription().kmsMasterKeyArn())
        .isEqualTo("arn:aws:kms:us-east-1:000000000000:alias/aws/dynamodb");
  }

  @Test
  void streamsAreSwitchedWithAView() {
    assertInvalid(
        INVALID + "If stream is being enabled then UpdateViewType is required",
        () -> change(b -> b.streamSpecification(s -> s.streamEnabled(true))));
    assertInvalid(
        "1 validation error detected: Value null at 'streamSpecification.streamEnabled' failed to"
            + " satisfy constraint: Member must not be null",
        () -> change(b -> b.streamSpecification(s -> s.streamViewType(StreamViewType.KEYS_ONLY))));
  }

  @Test
  void definitionsOfANewTableAreCheckedBeforeItsIndexes() {
    assertInvalid(
        "Attribute Name is duplicated: p",
        () ->
            fixture.create(
                table("new").attributeDefinitions(attribute("p", "S"), attribute("p", "N"))));
    assertInvalid(
        INVALID
            + "Some AttributeDefinitions are not used. AttributeDefinitions: [p, x], keys used: [p]",
        () ->
            fixture.create(
                table("new")
                    .attributeDefinitions(attribute("p", "S"), attribute("x", "S"))
                    .globalSecondaryIndexes(
                        global("bad", all().toBuilder().nonKeyAttributes("y").build(), "p"))));
    assertInvalid(
        INVALID + "Duplicate element in NonKeyAttributes: y",
        () ->
            fixture.create(
                table("new")
                    .globalSecondaryIndexes(global("bad", Fixture.include("y", "y"), "p"))));
  }
}
