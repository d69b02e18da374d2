package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.key;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polder.kernel.Await;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What becomes of requests while the disk is full, and afterwards.
class FullDiskTest {
  @TempDir private Path directory;
  private TestPlatform platform;
  private RefusingStore store;
  private DynamoDbService service;
  private DynamoDbClient db;

  @BeforeEach
  void start() {
    platform = TestPlatform.in(directory);
    store = new RefusingStore(platform.platform().store());
    serve();
    var _ =
        db.createTable(
            table("notes")
                .attributeDefinitions(attribute("p", "S"), attribute("g", "S"))
                .globalSecondaryIndexes(global("byG", all(), "g"))
                .build());
    put("kept", "before");
  }

  private void serve() {
    service = new DynamoDbService(platform.over(store));
    service.start();
    db = service.client(Scope.DEFAULT);
  }

  @AfterEach
  void stop() {
    service.close();
    platform.close();
  }

  private void put(String key, String text) {
    var _ = db.putItem(b -> b.tableName("notes").item(item("p", key, "g", "all", "text", text)));
  }

  private List<Map<String, AttributeValue>> indexed() {
    return db.query(partition("notes", "g", "all").indexName("byG").build()).items();
  }

  private static void assertFailed(ThrowingCallable call) {
    var failure = catchThrowableOfType(InternalServerErrorException.class, call);
    assertThat(failure).as("failure").isNotNull();
    assertThat(failure.statusCode()).isEqualTo(500);
    assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo("Internal server error");
  }

  private static TransactWriteItem transactPut(String key) {
    return TransactWriteItem.builder()
        .put(b -> b.tableName("notes").item(item("p", key, "g", "all")))
        .build();
  }

  private static WriteRequest batchPut(String key) {
    return WriteRequest.builder()
        .putRequest(PutRequest.builder().item(item("p", key, "g", "all")).build())
        .build();
  }

  @Test
  void writesOfItemsFailAsTheServersAndLeaveNothingBehind() {
    store.fill();

    assertFailed(() -> put("kept", "after"));
    assertFailed(() -> db.deleteItem(b -> b.tableName("notes").key(item("p", "kept"))));
    assertFailed(() ->
        db.updateItem(
            b -> b.tableName("notes").key(item("p", "kept")).updateExpression("REMOVE g")));
    assertFailed(
        () -> db.transactWriteItems(b -> b.transactItems(transactPut("one"), transactPut("two"))));
    assertFailed(() ->
        db.batchWriteItem(
            b -> b.requestItems(Map.of("notes", List.of(batchPut("one"), batchPut("two"))))));

    assertThat(indexed()).containsExactly(item("p", "kept", "g", "all", "text", "before"));
    assertThat(db.scan(b -> b.tableName("notes")).count()).isEqualTo(1);
  }

  @Test
  void tablesStayAsTheyWere() {
    store.fill();

    assertFailed(() -> db.createTable(table("more").build()));
    assertFailed(() -> db.deleteTable(b -> b.tableName("notes")));
    assertFailed(() ->
        db.updateTimeToLive(b ->
            b.tableName("notes")
                .timeToLiveSpecification(t -> t.attributeName("ttl").enabled(true))));
    String arn = db.describeTable(b -> b.tableName("notes")).table().tableArn();
    assertFailed(() ->
        db.tagResource(b -> b.resourceArn(arn).tags(Tag.builder().key("team").value("a").build())));

    assertThat(db.listTables().tableNames()).containsExactly("notes");
    assertThat(
            db.describeTimeToLive(b -> b.tableName("notes"))
                .timeToLiveDescription()
                .timeToLiveStatusAsString())
        .isEqualTo("DISABLED");
    assertThat(db.listTagsOfResource(b -> b.resourceArn(arn)).tags()).isEmpty();
  }

  @Test
  void expiredItemsGoOnceThereIsRoom() {
    var _ =
        db.updateTimeToLive(b ->
            b.tableName("notes")
                .timeToLiveSpecification(t -> t.attributeName("ttl").enabled(true)));
    long soon = TestPlatform.BEGIN.getEpochSecond() + 60;
    var _ = db.putItem(b -> b.tableName("notes").item(item("p", "short", "ttl", soon)));
    store.fill();
    platform.time().advance(Duration.ofSeconds(90));
    assertThat(db.scan(b -> b.tableName("notes")).count()).isEqualTo(2);
    store.makeRoom();
    platform.time().advance(Duration.ofSeconds(30));
    assertThat(db.scan(b -> b.tableName("notes")).count()).isEqualTo(1);
  }

  @Test
  void tablesAreReadAfterARestartOnADiskThatIsStillFull() {
    service.close();
    serve();
    store.fill();

    assertThat(indexed()).containsExactly(item("p", "kept", "g", "all", "text", "before"));
    assertThat(db.describeTable(b -> b.tableName("notes")).table().itemCount()).isEqualTo(1);
    assertFailed(() -> put("late", "refused"));
    store.makeRoom();
    put("late", "written");
    // A process that ends without closing its tables leaves no outdated count.
    serve();
    assertThat(db.describeTable(b -> b.tableName("notes")).table().itemCount()).isEqualTo(2);
  }

  @Test
  void aTableStaysWhileAnIndexIsFilled() throws Exception {
    // There is room for the index, but not for its entries.
    store.fillAfter(1);
    var index =
        GlobalSecondaryIndexUpdate.builder()
            .create(c -> c.indexName("byText").keySchema(key("text")).projection(all()))
            .build();
    var _ =
        db.updateTable(b ->
            b.tableName("notes")
                .attributeDefinitions(attribute("text", "S"))
                .globalSecondaryIndexUpdates(index));

    assertRefused(
        "ResourceInUseException",
        "Attempt to change a resource which is still in use: Table: notes is in the process of"
            + " being updated.",
        () -> db.deleteTable(b -> b.tableName("notes")));

    store.makeRoom();
    Await.until(() -> {
      platform.time().advance(Duration.ofSeconds(10));
      return db.describeTable(b -> b.tableName("notes")).table().globalSecondaryIndexes().stream()
          .allMatch(each -> each.indexStatus() == IndexStatus.ACTIVE);
    });
    assertThat(db.query(partition("notes", "text", "before").indexName("byText").build()).count())
        .isEqualTo(1);
    var _ = db.deleteTable(b -> b.tableName("notes"));
    assertThat(db.listTables().tableNames()).isEmpty();
  }

  @Test
  void writesGoOnOnceThereIsRoom() {
    store.fill();
    assertFailed(() -> put("late", "refused"));
    assertFailed(() -> db.createTable(table("more").build()));
    store.makeRoom();

    put("late", "written");
    var _ = db.createTable(table("more").build());

    assertThat(db.describeTable(b -> b.tableName("notes")).table().itemCount()).isEqualTo(2);
    assertThat(indexed()).hasSize(2);
    assertThat(db.listTables().tableNames()).containsExactly("more", "notes");
  }
}
