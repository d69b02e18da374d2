package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.include;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.keysOnly;
import static dev.polder.dynamodb.Fixture.local;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.sorted;
import static dev.polder.dynamodb.Fixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Queries and scans of tables and indexes.
class QueriesTest {
  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(
        sorted("posts", "N")
            .attributeDefinitions(
                attribute("p", "S"), attribute("s", "N"), attribute("g", "S"), attribute("l", "S"))
            .localSecondaryIndexes(local("byL", keysOnly(), "p", "l"))
            .globalSecondaryIndexes(
                global("byG", all(), "g", "s"), global("some", include("x"), "g")));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void fill(String partition, int... numbers) {
    for (int number : numbers) {
      fixture.put("posts", "p", partition, "s", number, "x", "x" + number, "y", number);
    }
  }

  private List<String> numbers(QueryRequest.Builder query) {
    return fixture.db.query(query.build()).items().stream().map(each -> each.get("s").n()).toList();
  }

  private QueryRequest.Builder where(String condition, Object... values) {
    Map<String, AttributeValue> named = item(values);
    named.put(":p", value("a"));
    return QueryRequest.builder()
        .tableName("posts")
        .keyConditionExpression("p = :p AND " + condition)
        .expressionAttributeValues(named);
  }

  @Test
  void itemsComeInTheOrderOfTheirSortKeysEitherWay() {
    fill("a", 10, -3, 2, 0, 100);
    fill("b", 5);

    assertThat(numbers(partition("posts", "p", "a"))).containsExactly("-3", "0", "2", "10", "100");
    assertThat(numbers(partition("posts", "p", "a").scanIndexForward(false)))
        .containsExactly("100", "10", "2", "0", "-3");
    assertThat(numbers(partition("posts", "p", "none"))).isEmpty();
  }

  @Test
  void sortKeysAreNarrowedByEveryOperator() {
    fill("a", 1, 2, 3, 10);

    assertThat(numbers(where("s = :a", ":a", 2))).containsExactly("2");
    assertThat(numbers(where("s < :a", ":a", 3))).containsExactly("1", "2");
    assertThat(numbers(where("s <= :a", ":a", 3))).containsExactly("1", "2", "3");
    assertThat(numbers(where("s > :a", ":a", 2))).containsExactly("3", "10");
    assertThat(numbers(where("s >= :a", ":a", 2))).containsExactly("2", "3", "10");
    assertThat(numbers(where("s BETWEEN :a AND :b", ":a", 2, ":b", 9))).containsExactly("2", "3");
  }

  @Test
  void sortKeysAreNarrowedByTheirBeginning() {
    for (String l : List.of("ab", "abc", "ac", "b", "a")) {
      fixture.put("posts", "p", "a", "s", l.hashCode(), "l", l);
    }
    var query =
        QueryRequest.builder()
            .tableName("posts")
            .indexName("byL")
            .keyConditionExpression("p = :p AND begins_with(l, :l)")
            .expressionAttributeValues(item(":p", "a", ":l", "ab"));

    assertThat(fixture.db.query(query.build()).items().stream().map(each -> each.get("l").s()))
        .containsExactly("ab", "abc");
  }

  @Test
  void pagesFollowOneAnotherWithoutGapOrRepetition() {
    fill("a", IntStream.range(0, 25).toArray());
    List<String> seen = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      var page =
          fixture.db.query(partition("posts", "p", "a").limit(7).exclusiveStartKey(start).build());
      page.items().forEach(each -> seen.add(each.get("s").n()));
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null);

    assertThat(seen).isEqualTo(IntStream.range(0, 25).mapToObj(Integer::toString).toList());
    assertThat(
            fixture
                .db
                .queryPaginator(
                    partition("posts", "p", "a").limit(4).scanIndexForward(false).build())
                .items()
                .stream()
                .map(each -> each.get("s").n()))
        .isEqualTo(seen.reversed());
  }

  @Test
  void aPageEndsAtOneMegabyte() {
    for (int i = 0; i < 5; i++) {
      fixture.put("posts", "p", "a", "s", i, "big", "x".repeat(300_000));
    }

    var page = fixture.db.query(partition("posts", "p", "a").build());

    assertThat(page.count()).isEqualTo(4);
    assertThat(page.lastEvaluatedKey()).isEqualTo(item("p", "a", "s", 3));
  }

  @Test
  void aFilterWorksAfterTheLimit() {
    fill("a", 1, 2, 3, 4);

    var page =
        fixture.db.query(
            partition("posts", "p", "a")
                .limit(3)
                .filterExpression("y > :two")
                .expressionAttributeValues(item(":p", "a", ":two", 2))
                .build());

    assertThat(page.count()).isEqualTo(1);
    assertThat(page.scannedCount()).isEqualTo(3);
    assertThat(page.lastEvaluatedKey()).isEqualTo(item("p", "a", "s", 3));
  }

  @Test
  void aCountAnswersNoItems() {
    fill("a", 1, 2, 3);

    var counted = fixture.db.query(partition("posts", "p", "a").select(Select.COUNT).build());

    assertThat(counted.count()).isEqualTo(3);
    assertThat(counted.hasItems()).isFalse();
  }

  @Test
  void anIndexHasOnlyItemsWithItsKeyAndFollowsTheirChanges() {
    fill("a", 1);
    fixture.put("posts", "p", "a", "s", 2, "g", "red", "x", "v", "y", 9);
    var byG = partition("posts", "g", "red").indexName("byG");

    assertThat(numbers(byG)).containsExactly("2");
    var _ =
        fixture.db.updateItem(b ->
            b.tableName("posts")
                .key(item("p", "a", "s", 1))
                .updateExpression("SET g = :g")
                .expressionAttributeValues(item(":g", "red")));
    assertThat(numbers(byG)).containsExactly("1", "2");
    fixture.put("posts", "p", "a", "s", 2, "g", "blue");
    assertThat(numbers(byG)).containsExactly("1");
    var _ =
        fixture.db.updateItem(
            b -> b.tableName("posts").key(item("p", "a", "s", 1)).updateExpression("REMOVE g"));
    assertThat(numbers(byG)).isEmpty();
    var _ = fixture.db.deleteItem(b -> b.tableName("posts").key(item("p", "a", "s", 2)));
    assertThat(numbers(partition("posts", "g", "blue").indexName("byG"))).isEmpty();
  }

  @Test
  void anIndexAnswersWhatItProjects() {
    fixture.put("posts", "p", "a", "s", 2, "g", "red", "l", "k", "x", "v", "y", 9);

    assertThat(fixture.db.query(partition("posts", "g", "red").indexName("some").build()).items())
        .containsExactly(item("p", "a", "s", 2, "g", "red", "x", "v"));
    assertThat(fixture.db.query(partition("posts", "p", "a").indexName("byL").build()).items())
        .containsExactly(item("p", "a", "s", 2, "l", "k"));
    assertThat(
            fixture
                .db
                .query(
                    partition("posts", "p", "a")
                        .indexName("byL")
                        .select(Select.ALL_ATTRIBUTES)
                        .build())
                .items()
                .getFirst())
        .containsKeys("x", "y", "g");
    assertInvalid(
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for"
            + " global secondary index some because its projection type is not ALL",
        () ->
            fixture.db.query(
                partition("posts", "g", "red")
                    .indexName("some")
                    .select(Select.ALL_ATTRIBUTES)
                    .build()));
    assertInvalid(
        "Consistent reads are not supported on global secondary indexes",
        () ->
            fixture.db.query(
                partition("posts", "g", "red").indexName("some").consistentRead(true).build()));
  }

  @Test
  void pagesOfAnIndexEndWithBothKeys() {
    for (int i = 0; i < 5; i++) {
      fixture.put("posts", "p", "p" + i, "s", 7, "g", "red");
    }
    var query = partition("posts", "g", "red").indexName("byG").limit(2);

    var first = fixture.db.query(query.build());
    var rest =
        fixture.db.query(query.limit(null).exclusiveStartKey(first.lastEvaluatedKey()).build());

    assertThat(first.lastEvaluatedKey().keySet()).containsExactlyInAnyOrder("p", "s", "g");
    assertThat(rest.count()).isEqualTo(3);
    assertThat(rest.items()).doesNotContainAnyElementsOf(first.items());
  }

  @Test
  void aScanSeesEverythingOnceHoweverItIsDivided() {
    for (int i = 0; i < 200; i++) {
      fixture.put("posts", "p", "p" + i % 50, "s", i);
    }

    var whole = new TreeSet<Integer>();
    fixture
        .db
        .scanPaginator(b -> b.tableName("posts").limit(17))
        .items()
        .forEach(each -> assertThat(whole.add(Integer.valueOf(each.get("s").n()))).isTrue());
    var divided = new TreeSet<Integer>();
    for (int segment = 0; segment < 7; segment++) {
      int number = segment;
      fixture
          .db
          .scanPaginator(b -> b.tableName("posts").segment(number).totalSegments(7).limit(10))
          .items()
          .forEach(each -> assertThat(divided.add(Integer.valueOf(each.get("s").n()))).isTrue());
    }

    assertThat(whole).hasSize(200);
    assertThat(divided).isEqualTo(whole);
  }

  @Test
  void aScanHasTheOrderOfTheHashesOfTheKeys() {
    for (String p : List.of("1", "2", "3", "4", "5", "6")) {
      fixture.put("posts", "p", p, "s", 1, "g", "red");
    }

    assertThat(fixture.db.scan(b -> b.tableName("posts")).items())
        .extracting(item -> item.get("p").s())
        .containsExactly("2", "1", "6", "5", "4", "3");
    assertThat(fixture.db.query(partition("posts", "g", "red").indexName("byG").build()).items())
        .extracting(item -> item.get("p").s())
        .containsExactly("4", "5", "6", "1", "2", "3");
  }

  @Test
  void aScanIsFilteredAndCounted() {
    fill("a", 1, 2, 3);

    var scanned =
        fixture.db.scan(b ->
            b.tableName("posts")
                .filterExpression("contains(x, :x)")
                .expressionAttributeValues(item(":x", "2"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

    assertThat(scanned.items()).containsExactly(item("p", "a", "s", 2, "x", "x2", "y", 2));
    assertThat(scanned.scannedCount()).isEqualTo(3);
    assertThat(scanned.consumedCapacity().capacityUnits()).isEqualTo(0.5);
  }

  @Test
  void theOlderParametersStillWork() {
    fill("a", 1, 2, 3);
    Condition equal =
        Condition.builder()
            .comparisonOperator(ComparisonOperator.EQ)
            .attributeValueList(value("a"))
            .build();
    Condition greater =
        Condition.builder()
            .comparisonOperator(ComparisonOperator.GT)
            .attributeValueList(value(1))
            .build();

    var query =
        fixture.db.query(b ->
            b.tableName("posts")
                .keyConditions(Map.of("p", equal, "s", greater))
                .queryFilter(Map.of("y", greater))
                .attributesToGet("s"));

    assertThat(query.items()).containsExactly(item("s", 2), item("s", 3));
  }

  @Test
  void badQueriesAreRefusedAsTheRealServiceDoes() {
    assertInvalid(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
            + " request.",
        () -> fixture.db.query(b -> b.tableName("posts")));
    assertInvalid(
        "Query condition missed key schema element: p",
        () -> fixture.db.query(partition("posts", "s", 1).build()));
    assertInvalid(
        "One or more parameter values were invalid: Condition parameter type does not match schema"
            + " type",
        () -> fixture.db.query(partition("posts", "p", 1).build()));
    assertInvalid(
        "Query key condition not supported",
        () ->
            fixture.db.query(
                partition("posts", "p", "a").keyConditionExpression("#p > :p").build()));
    assertInvalid(
        "The provided starting key is invalid",
        () ->
            fixture.db.query(
                partition("posts", "p", "a").exclusiveStartKey(item("p", "a")).build()));
    assertInvalid(
        "The provided starting key is outside query boundaries based on provided conditions",
        () ->
            fixture.db.query(
                partition("posts", "p", "a").exclusiveStartKey(item("p", "b", "s", 1)).build()));
    assertInvalid(
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: s",
        () ->
            fixture.db.query(
                partition("posts", "p", "a")
                    .filterExpression("s = :one")
                    .expressionAttributeValues(item(":p", "a", ":one", 1))
                    .build()));
    assertInvalid(
        "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
            + " Segment: 3 is not less than TotalSegments: 2",
        () -> fixture.db.scan(b -> b.tableName("posts").segment(3).totalSegments(2)));
  }
}
