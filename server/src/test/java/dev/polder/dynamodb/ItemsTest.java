package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.sorted;
import static dev.polder.dynamodb.Fixture.table;
import static dev.polder.dynamodb.Fixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Single items and batches of them.
class ItemsTest {
  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(table("things"));
    fixture.create(sorted("sorted", "N"));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void everyTypeComesBackAsItWasPut() {
    Map<String, AttributeValue> item =
        item(
            "p", "a",
            "n", AttributeValue.fromN("-12.50"),
            "b", new byte[] {0, 1, -1},
            "yes", true,
            "nothing", AttributeValue.fromNul(true),
            "list", List.of("x", 1, Map.of("deep", false)),
            "map", Map.of("k", "v"),
            "ss", AttributeValue.fromSs(List.of("b", "a")),
            "ns", AttributeValue.fromNs(List.of("2", "1")),
            "empty", "");
    var _ = fixture.db.putItem(b -> b.tableName("things").item(item));

    Map<String, AttributeValue> stored = fixture.get("things", "p", "a");

    assertThat(stored.get("n").n()).isEqualTo("-12.5");
    assertThat(stored.get("ss").ss()).containsExactlyInAnyOrder("a", "b");
    assertThat(stored.get("ns").ns()).containsExactlyInAnyOrder("1", "2");
    assertThat(stored)
        .containsAllEntriesOf(
            item(
                "b",
                new byte[] {0, 1, -1},
                "yes",
                true,
                "nothing",
                AttributeValue.fromNul(true),
                "list",
                List.of("x", 1, Map.of("deep", false)),
                "map",
                Map.of("k", "v"),
                "empty",
                ""));
  }

  @Test
  void anItemOutlivesTheProcess() {
    fixture.put("things", "p", "a", "x", 1);
    fixture.close();

    fixture = new Fixture(directory);

    assertThat(fixture.get("things", "p", "a")).isEqualTo(item("p", "a", "x", 1));
  }

  @Test
  void aMissingItemIsAbsentFromTheAnswer() {
    var response = fixture.db.getItem(b -> b.tableName("things").key(item("p", "none")));

    assertThat(response.hasItem()).isFalse();
  }

  @Test
  void aProjectionAnswersPartsOfAnItem() {
    fixture.put("things", "p", "a", "x", 1, "m", Map.of("k", List.of("u", "v")));

    var response =
        fixture.db.getItem(b ->
            b.tableName("things")
                .key(item("p", "a"))
                .projectionExpression("#x, m.k[1]")
                .expressionAttributeNames(Map.of("#x", "x")));

    assertThat(response.item()).isEqualTo(item("x", 1, "m", Map.of("k", List.of("v"))));
  }

  @Test
  void puttingAnswersTheOldItemWhereAsked() {
    fixture.put("things", "p", "a", "x", 1);

    var response =
        fixture.db.putItem(b ->
            b.tableName("things").item(item("p", "a", "x", 2)).returnValues(ReturnValue.ALL_OLD));

    assertThat(response.attributes()).isEqualTo(item("p", "a", "x", 1));
  }

  @Test
  void aConditionThatFailsChangesNothingAndShowsTheItemWhereAsked() {
    fixture.put("things", "p", "a", "x", 1);

    var refusal =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                fixture.db.putItem(b ->
                    b.tableName("things")
                        .item(item("p", "a", "x", 2))
                        .conditionExpression("attribute_not_exists(p)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)));

    assertThat(refusal.awsErrorDetails().errorMessage())
        .isEqualTo("The conditional request failed");
    assertThat(refusal.item()).isEqualTo(item("p", "a", "x", 1));
    assertThat(fixture.get("things", "p", "a")).isEqualTo(item("p", "a", "x", 1));
  }

  @Test
  void anUpdateAnswersWhatIsAskedFor() {
    fixture.put("things", "p", "a", "x", 1, "y", 2);

    assertThat(updated(ReturnValue.NONE)).isEmpty();
    assertThat(updated(ReturnValue.ALL_OLD)).isEqualTo(item("p", "a", "x", 2, "y", 2));
    assertThat(updated(ReturnValue.UPDATED_OLD)).isEqualTo(item("x", 3));
    assertThat(updated(ReturnValue.UPDATED_NEW)).isEqualTo(item("x", 5));
    assertThat(updated(ReturnValue.ALL_NEW)).isEqualTo(item("p", "a", "x", 6, "y", 2));
  }

  private Map<String, AttributeValue> updated(ReturnValue wanted) {
    return fixture
        .db
        .updateItem(b ->
            b.tableName("things")
                .key(item("p", "a"))
                .updateExpression("SET x = x + :one")
                .expressionAttributeValues(Map.of(":one", value(1)))
                .returnValues(wanted))
        .attributes();
  }

  @Test
  void anUpdateMakesTheItemThatIsMissing() {
    var _ = fixture.db.updateItem(b -> b.tableName("things").key(item("p", "bare")));
    var _ =
        fixture.db.updateItem(b ->
            b.tableName("things")
                .key(item("p", "added"))
                .updateExpression("ADD n :n")
                .expressionAttributeValues(Map.of(":n", value(7))));
    var _ =
        fixture.db.updateItem(
            b -> b.tableName("things").key(item("p", "removed")).updateExpression("REMOVE n"));

    assertThat(fixture.get("things", "p", "bare")).isEqualTo(item("p", "bare"));
    assertThat(fixture.get("things", "p", "added")).isEqualTo(item("p", "added", "n", 7));
    assertThat(fixture.get("things", "p", "removed")).isEmpty();
  }

  @Test
  void theOlderParametersStillWork() {
    fixture.put("things", "p", "a", "x", 1);

    var _ =
        fixture.db.updateItem(b ->
            b.tableName("things")
                .key(item("p", "a"))
                .attributeUpdates(
                    Map.of(
                        "x",
                        AttributeValueUpdate.builder()
                            .action(AttributeAction.ADD)
                            .value(value(4))
                            .build()))
                .expected(Map.of("x", ExpectedAttributeValue.builder().value(value(1)).build())));

    assertThat(fixture.get("things", "p", "a")).isEqualTo(item("p", "a", "x", 5));
  }

  @Test
  void deletingAnswersTheOldItemAndIsContentWithNone() {
    fixture.put("things", "p", "a", "x", 1);

    var first =
        fixture.db.deleteItem(
            b -> b.tableName("things").key(item("p", "a")).returnValues(ReturnValue.ALL_OLD));
    var second =
        fixture.db.deleteItem(
            b -> b.tableName("things").key(item("p", "a")).returnValues(ReturnValue.ALL_OLD));

    assertThat(first.attributes()).isEqualTo(item("p", "a", "x", 1));
    assertThat(second.hasAttributes()).isFalse();
    String name = "n".repeat(65_536);
    assertInvalid(
        "Attribute name is too large, must be less than 65536 bytes",
        () -> fixture.put("things", "p", "a", "map", Map.of(name, 1)));
    assertThat(fixture.get("things", "p", "a")).isEmpty();
  }

  @Test
  void capacityIsCountedByTheSizeOfItems() {
    var written =
        fixture.db.putItem(b ->
            b.tableName("things")
                .item(item("p", "a", "x", "x".repeat(1500)))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    var read =
        fixture.db.getItem(b ->
            b.tableName("things")
                .key(item("p", "a"))
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
    var loose =
        fixture.db.getItem(b ->
            b.tableName("things")
                .key(item("p", "none"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

    assertThat(written.consumedCapacity().capacityUnits()).isEqualTo(2);
    assertThat(read.consumedCapacity().table().capacityUnits()).isEqualTo(1);
    assertThat(loose.consumedCapacity().capacityUnits()).isEqualTo(0.5);
  }

  @Test
  void metricsAreOfTablesWithLocalIndexesOnly() {
    var response =
        fixture.db.putItem(b ->
            b.tableName("things")
                .item(item("p", "a"))
                .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE));

    assertThat(response.itemCollectionMetrics()).isNull();
  }

  @Test
  void badRequestsAreRefusedAsTheRealServiceDoes() {
    assertInvalid(
        "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint:"
            + " Member must not be null; Value null at 'item' failed to satisfy constraint: Member"
            + " must not be null",
        () -> fixture.db.putItem(b -> {}));
    assertInvalid(
        "One or more parameter values were invalid: Missing the key p in the item",
        () -> fixture.put("things", "x", 1));
    assertInvalid(
        "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N",
        () -> fixture.put("things", "p", 1));
    assertInvalid(
        "The provided key element does not match the schema",
        () -> fixture.get("things", "p", "a", "q", 1));
    assertInvalid(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p",
        () -> fixture.put("things", "p", ""));
    assertInvalid(
        "Item size has exceeded the maximum allowed size",
        () -> fixture.put("things", "p", "a", "x", "x".repeat(410_000)));
    assertInvalid(
        "ReturnValues can only be ALL_OLD or NONE",
        () ->
            fixture.db.putItem(
                b -> b.tableName("things").item(item("p", "a")).returnValues(ReturnValue.ALL_NEW)));
    assertInvalid(
        "One or more parameter values were invalid: Cannot update attribute p. This attribute is"
            + " part of the key",
        () ->
            fixture.db.updateItem(b ->
                b.tableName("things")
                    .key(item("p", "a"))
                    .updateExpression("SET p = :p")
                    .expressionAttributeValues(Map.of(":p", value("b")))));
    assertRefused(
        "ResourceNotFoundException",
        "Requested resource not found",
        () -> fixture.put("none", "p", "a"));
    assertThat(fixture.get("things", "p", "a")).isEmpty();
  }

  @Test
  void aBatchWritesAndReadsSeveralTables() {
    fixture.put("things", "p", "old");
    var _ =
        fixture.db.batchWriteItem(b ->
            b.requestItems(
                Map.of(
                    "things",
                    List.of(putting("p", "a"), deleting("p", "old")),
                    "sorted",
                    List.of(putting("p", "a", "s", 1), putting("p", "a", "s", 2)))));

    var read =
        fixture.db.batchGetItem(b ->
            b.requestItems(
                Map.of(
                    "things",
                    KeysAndAttributes.builder()
                        .keys(List.of(item("p", "a"), item("p", "old")))
                        .build(),
                    "sorted",
                    KeysAndAttributes.builder()
                        .keys(List.of(item("p", "a", "s", 2)))
                        .projectionExpression("s")
                        .build())));

    assertThat(read.responses().get("things")).containsExactly(item("p", "a"));
    assertThat(read.responses().get("sorted")).containsExactly(item("s", 2));
    assertThat(read.unprocessedKeys()).isEmpty();
  }

  @Test
  void aBatchRefusesTheSameItemTwiceAndTooMany() {
    assertInvalid(
        "Provided list of item keys contains duplicates",
        () ->
            fixture.db.batchWriteItem(b ->
                b.requestItems(Map.of("things", List.of(putting("p", "a"), deleting("p", "a"))))));
    assertThatThrownBy(() ->
            fixture.db.batchWriteItem(b ->
                b.requestItems(
                    Map.of(
                        "things",
                        IntStream.range(0, 26).mapToObj(i -> putting("p", "i" + i)).toList()))))
        .hasMessageContaining("Member must have length less than or equal to 25");
    assertThat(fixture.get("things", "p", "a")).isEmpty();
  }

  @Test
  void aBatchOfLargeItemsLeavesTheRestForLater() {
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, 50)
            .mapToObj(i -> {
              fixture.put("things", "p", "big" + i, "x", "x".repeat(390_000));
              return item("p", "big" + i);
            })
            .toList();

    var read =
        fixture.db.batchGetItem(
            b -> b.requestItems(Map.of("things", KeysAndAttributes.builder().keys(keys).build())));

    int answered = read.responses().get("things").size();
    assertThat(answered).isBetween(40, 44);
    assertThat(read.unprocessedKeys().get("things").keys()).isEqualTo(keys.subList(answered, 50));
  }

  private static WriteRequest putting(Object... item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item(item)).build()).build();
  }

  private static WriteRequest deleting(Object... key) {
    return WriteRequest.builder().deleteRequest(d -> d.key(item(key))).build();
  }
}
