package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.keysOnly;
import static dev.polder.dynamodb.Fixture.local;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.sorted;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.LargeTransactions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The deletion of all that a key condition finds, which callers within the process may ask of a
/// transaction.
class SweepsTest {
  private static final int MANY = 200;

  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(
        table("comments")
            .attributeDefinitions(attribute("p", "S"), attribute("post", "S"), attribute("by", "S"))
            .globalSecondaryIndexes(
                global("byPost", all(), "post", "by"), global("byWriter", keysOnly(), "by"))
            .streamSpecification(
                StreamSpecification.builder()
                    .streamEnabled(true)
                    .streamViewType(StreamViewType.OLD_IMAGE)
                    .build()));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void comment(int number, String post, String by) {
    fixture.put("comments", "p", post + number, "post", post, "by", by, "text", "t" + number);
  }

  private static TransactWriteItem sweeping(String target, String attribute, String value) {
    return TransactWriteItem.builder()
        .delete(d ->
            d.tableName(target)
                .key(Map.of())
                .conditionExpression("#a = :v")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(item(":v", value)))
        .build();
  }

  private void write(TransactWriteItem... actions) {
    ScopedValue.where(LargeTransactions.ALLOWED, true)
        .run(() -> {
          var _ = fixture.db.transactWriteItems(b -> b.transactItems(actions));
        });
  }

  private int count(String table) {
    return fixture.db.scan(b -> b.tableName(table)).count();
  }

  private int count(String table, String index, String attribute, String value) {
    return fixture.db.query(partition(table, attribute, value).indexName(index).build()).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, MANY})
  void allOfAnIndexsPartitionAreDeletedAndNothingElse(int number) {
    for (int i = 0; i < number; i++) {
      comment(i, "a", "x");
      comment(i, "b", "x");
    }

    write(sweeping("comments/index/byPost", "post", "a"));

    assertThat(count("comments")).isEqualTo(number);
    assertThat(count("comments", "byPost", "post", "a")).isZero();
    assertThat(count("comments", "byPost", "post", "b")).isEqualTo(number);
    assertThat(count("comments", "byWriter", "by", "x")).isEqualTo(number);
    var described = fixture.db.describeTable(b -> b.tableName("comments")).table();
    assertThat(described.itemCount()).isEqualTo(number);
    assertThat(described.globalSecondaryIndexes().stream().map(each -> each.itemCount()))
        .containsOnly((long) number);
    assertThat(
            fixture.records("comments").stream()
                .filter(each -> each.eventName() == OperationType.REMOVE)
                .map(each -> each.dynamodb().oldImage().get("text").s()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.iterate(0, i -> i + 1).limit(number).map(i -> "t" + i).toList());
  }

  @Test
  void whatIsWrittenAfterwardsStays() {
    for (int i = 0; i < MANY; i++) {
      comment(i, "a", "x");
    }
    write(sweeping("comments/index/byPost", "post", "a"));
    comment(7, "a", "x");
    assertThat(count("comments", "byPost", "post", "a")).isEqualTo(1);
    fixture.close();
    fixture = new Fixture(directory);
    assertThat(count("comments", "byPost", "post", "a")).isEqualTo(1);
  }

  @Test
  void entriesThatAreNotWholeItemsLeadToThem() {
    for (int i = 0; i < MANY; i++) {
      comment(i, "a" + i, i % 2 == 0 ? "even" : "odd");
    }

    write(sweeping("comments/index/byWriter", "by", "even"));

    assertThat(count("comments")).isEqualTo(MANY / 2);
    assertThat(count("comments", "byPost", "post", "a2")).isZero();
    assertThat(count("comments", "byPost", "post", "a3")).isEqualTo(1);
    assertThat(fixture.records("comments").getLast().dynamodb().oldImage()).containsKey("text");
  }

  private static CreateTableRequest.Builder sensors() {
    return sorted("sensors", "S")
        .attributeDefinitions(attribute("p", "S"), attribute("s", "S"), attribute("n", "N"))
        .localSecondaryIndexes(local("byNumber", all(), "p", "n"));
  }

  @Test
  void partOfATablesPartitionIsDeleted() {
    fixture.create(sensors());
    for (int i = 0; i < MANY; i++) {
      fixture.put("sensors", "p", "road", "s", (i % 2 == 0 ? "a#" : "b#") + i, "n", i);
    }

    write(
        TransactWriteItem.builder()
            .delete(d ->
                d.tableName("sensors")
                    .key(Map.of())
                    .conditionExpression("p = :p AND begins_with(s, :s)")
                    .expressionAttributeValues(item(":p", "road", ":s", "a#")))
            .build());

    assertThat(count("sensors")).isEqualTo(MANY / 2);
    assertThat(count("sensors", "byNumber", "p", "road")).isEqualTo(MANY / 2);
  }

  @Test
  void itemsWithAKeyOfTwoAttributesAreFoundByAnIndex() {
    fixture.create(sensors());
    for (int i = 0; i < MANY; i++) {
      fixture.put("sensors", "p", "road" + i % 2, "s", "s" + i, "n", i);
    }
    write(sweeping("sensors/index/byNumber", "p", "road1"));
    assertThat(count("sensors")).isEqualTo(MANY / 2);
  }

  @Test
  void deletedItemsDoNotExpireLater() {
    fixture.create(sorted("sessions", "S"));
    var _ =
        fixture.db.updateTimeToLive(b ->
            b.tableName("sessions")
                .timeToLiveSpecification(t -> t.enabled(true).attributeName("until")));
    long soon = fixture.platform.time().instant().plusSeconds(60).getEpochSecond();
    for (int i = 0; i < MANY; i++) {
      fixture.put("sessions", "p", "a", "s", "s" + i, "until", soon);
    }
    write(sweeping("sessions", "p", "a"));
    fixture.put("sessions", "p", "a", "s", "s1");
    fixture.platform.time().advance(Duration.ofHours(1));
    assertThat(count("sessions")).isEqualTo(1);
  }

  @Test
  void anItemThatIsFoundTwiceOrDeletedAnywayIsDeletedOnce() {
    for (int i = 0; i < MANY; i++) {
      comment(i, "a", "x");
    }
    comment(0, "b", "x");

    write(
        TransactWriteItem.builder()
            .delete(d -> d.tableName("comments").key(item("p", "a3")))
            .build(),
        sweeping("comments/index/byPost", "post", "a"),
        sweeping("comments/index/byWriter", "by", "x"));

    assertThat(count("comments")).isZero();
    assertThat(fixture.db.describeTable(b -> b.tableName("comments")).table().itemCount()).isZero();
    assertThat(fixture.records("comments").stream().map(each -> each.eventName()))
        .filteredOn(name -> name == OperationType.REMOVE)
        .hasSize(MANY + 1);
  }

  @Test
  void anItemThatIsFoundAndChangedOtherwiseIsRefused() {
    comment(1, "a", "x");
    assertInvalid(
        "Transaction request cannot include multiple operations on one item",
        () ->
            write(
                sweeping("comments/index/byPost", "post", "a"),
                TransactWriteItem.builder()
                    .update(u ->
                        u.tableName("comments")
                            .key(item("p", "a1"))
                            .updateExpression("SET n = :n")
                            .expressionAttributeValues(item(":n", 1)))
                    .build()));
    assertThat(count("comments")).isEqualTo(1);
  }

  @Test
  void nothingIsDeletedIfAnotherActionFails() {
    for (int i = 0; i < MANY; i++) {
      comment(i, "a", "x");
    }
    assertThatThrownBy(() ->
            write(
                sweeping("comments/index/byPost", "post", "a"),
                TransactWriteItem.builder()
                    .conditionCheck(c ->
                        c.tableName("comments")
                            .key(item("p", "none"))
                            .conditionExpression("attribute_exists(p)"))
                    .build()))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e ->
                assertThat(e.cancellationReasons().stream().map(reason -> reason.code()))
                    .containsExactly("None", "ConditionalCheckFailed"));
    assertThat(count("comments", "byPost", "post", "a")).isEqualTo(MANY);
  }

  @Test
  void aConditionThatTheIndexDoesNotAnswerIsItsReason() {
    assertThatThrownBy(() -> write(sweeping("comments/index/byPost", "by", "x")))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e ->
                assertThat(e.cancellationReasons().getFirst().message())
                    .isEqualTo("Query condition missed key schema element: post"));
  }

  @Test
  void overTheWireAnEmptyKeyIsNone() {
    assertThatThrownBy(() ->
            fixture.db.transactWriteItems(b -> b.transactItems(sweeping("comments", "p", "a1"))))
        .hasMessageContaining("cancellation reasons for specific reasons [ValidationError]");
  }

  @Test
  void whatWasDeletedCanBeRestored() {
    var _ =
        fixture.db.updateContinuousBackups(b ->
            b.tableName("comments")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    for (int i = 0; i < MANY; i++) {
      comment(i, "a", "x");
    }
    Instant before = fixture.platform.time().instant();
    fixture.platform.time().advance(Duration.ofSeconds(1));
    write(sweeping("comments/index/byPost", "post", "a"));

    var _ =
        fixture.db.restoreTableToPointInTime(
            b -> b.sourceTableName("comments").targetTableName("restored").restoreDateTime(before));

    assertThat(count("comments")).isZero();
    assertThat(count("restored", "byPost", "post", "a")).isEqualTo(MANY);
  }

  @Test
  void itemsAndEntriesAgreeWhileOthersAddAndChange() throws InterruptedException {
    var done = new CountDownLatch(4);
    for (int writer = 0; writer < 3; writer++) {
      int first = 1000 * writer;
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < MANY; i++) {
              comment(first + i % 50, "a", "x" + i);
            }
            done.countDown();
          });
    }
    Thread.ofVirtual()
        .start(() -> {
          for (int i = 0; i < 60; i++) {
            write(sweeping("comments/index/byPost", "post", "a"));
          }
          done.countDown();
        });
    done.await();

    List<String> items =
        fixture.db.scan(b -> b.tableName("comments")).items().stream()
            .map(each -> each.get("p").s())
            .toList();
    assertThat(
            fixture
                .db
                .query(partition("comments", "post", "a").indexName("byPost").build())
                .items())
        .extracting(each -> each.get("p").s())
        .containsExactlyInAnyOrderElementsOf(items);
    write(sweeping("comments/index/byPost", "post", "a"));
    assertThat(count("comments")).isZero();
  }
}
