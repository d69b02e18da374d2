package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.key;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.sorted;
import static dev.polder.dynamodb.Fixture.table;
import static dev.polder.dynamodb.Fixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Which of several faults a request is refused for.
class RequestOrderTest {
  private static final String NO_MATCH = "The provided key element does not match the schema";

  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(
        sorted("tasks", "N")
            .attributeDefinitions(
                attribute("p", "S"), attribute("s", "N"), attribute("keeper", "S"))
            .globalSecondaryIndexes(global("byKeeper", all(), "keeper")));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static Condition condition(String operator, Object... values) {
    return Condition.builder()
        .comparisonOperator(operator)
        .attributeValueList(List.of(values).stream().map(Fixture::value).toList())
        .build();
  }

  @Test
  void operatorsOfConditionsAreCheckedWithTheOtherMembers() {
    assertInvalid(
        "2 validation errors detected: Value '0' at 'limit' failed to satisfy constraint: Member"
            + " must have value greater than or equal to 1; Value null at"
            + " 'scanFilter.x.member.comparisonOperator' failed to satisfy constraint: Member must"
            + " not be null",
        () ->
            fixture.db.scan(b ->
                b.tableName("tasks")
                    .limit(0)
                    .filterExpression("")
                    .scanFilter(Map.of("x", Condition.builder().build()))));
    assertInvalid(
        "1 validation error detected: Value 'eq' at 'keyConditions.p.member.comparisonOperator'"
            + " failed to satisfy constraint: Member must satisfy enum value set: [IN, NULL,"
            + " BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]",
        () ->
            fixture.db.query(
                b -> b.tableName("none").keyConditions(Map.of("p", condition("eq", "a")))));
  }

  @Test
  void startingKeysAreCheckedAttributeByAttributeWithTheConditions() {
    assertInvalid(
        NO_MATCH,
        () ->
            fixture.db.query(b ->
                b.tableName("tasks")
                    .keyConditions(Map.of("p", condition("EQ", "a"), "s", condition("NE", 1)))
                    .exclusiveStartKey(item("p", "a", "s", "1"))));
    assertInvalid(
        "Query key condition not supported",
        () ->
            fixture.db.query(b ->
                b.tableName("tasks")
                    .keyConditions(Map.of("p", condition("GT", "a"), "s", condition("NE", 1)))
                    .exclusiveStartKey(item("p", "a", "s", "1"))));
  }

  @Test
  void badNumbersOfStartingKeysAreSaidWithoutSayingWhere() {
    assertInvalid(
        "The parameter cannot be converted to a numeric value: one",
        () ->
            fixture.db.scan(
                b -> b.tableName("none").exclusiveStartKey(Map.of("s", number("one")))));
    assertInvalid(
        "The provided starting key is invalid: Supplied AttributeValue is empty, must contain"
            + " exactly one of the supported datatypes",
        () -> fixture.db.scan(b -> b.tableName("none").exclusiveStartKey(Map.of("s", nothing()))));
  }

  private static AttributeValue number(String text) {
    return AttributeValue.fromN(text);
  }

  private static AttributeValue nothing() {
    return AttributeValue.builder().build();
  }

  @Test
  void keyConditionsAreCountedBeforeTheTableIsLookedUp() {
    assertInvalid(
        "Conditions can be of length 1 or 2 only",
        () ->
            fixture.db.query(
                partition("none", "p", "a")
                    .keyConditionExpression("#p = :p AND s = :p AND t = :p")
                    .build()));
    assertRefused(
        "ResourceNotFoundException",
        "Requested resource not found",
        () ->
            fixture.db.query(
                partition("none", "p", "a").keyConditionExpression("#p = :p AND t = :p").build()));
  }

  @Test
  void updatesGiveIndexKeysTheirTypesBeforePathsAreLookedAt() {
    Map<String, Object> updates =
        Map.of(
            "SET keeper = :n",
            "Type mismatch for Index Key keeper Expected: S Actual: N IndexName: byKeeper",
            "SET x = keeper[0], keeper = y - :n",
            "Type mismatch for Index Key keeper Expected: S Actual: N IndexName: byKeeper",
            "ADD keeper :n",
            "Type mismatch for Index Key keeper Expected: S Actual: N IndexName: byKeeper");
    updates.forEach((expression, message) ->
        assertInvalid(
            "One or more parameter values were invalid: " + message,
            () -> update(expression, Map.of(":n", value(1)))));
    assertInvalid(
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: IndexKey: keeper",
        () -> update("SET x = if_not_exists(y, keeper.x)", null));
    assertInvalid(
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: Key: p",
        () -> update("SET x = list_append(p[0], y)", null));
    assertThat(fixture.get("tasks", "p", "a", "s", 1)).isEmpty();
  }

  private void update(String expression, @Nullable Map<String, AttributeValue> values) {
    var _ =
        fixture.db.updateItem(b ->
            b.tableName("tasks")
                .key(item("p", "a", "s", 1))
                .updateExpression(expression)
                .expressionAttributeValues(values));
  }

  private static WriteRequest put(Object... namesAndValues) {
    return WriteRequest.builder()
        .putRequest(PutRequest.builder().item(item(namesAndValues)).build())
        .build();
  }

  @Test
  void batchesNameTablesKeysAndWhatIsMissing() {
    var read = KeysAndAttributes.builder().keys(List.of(item("p", "a", "s", 1))).build();
    assertThat(refusal(() -> fixture.db.batchGetItem(b -> b.requestItems(Map.of("t!", read)))))
        .startsWith("1 validation error detected: Value ")
        .endsWith(
            " at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint:"
                + " [Member must have length less than or equal to 255, Member must have length"
                + " greater than or equal to 3, Member must satisfy regular expression pattern:"
                + " [a-zA-Z0-9_.-]+]");
    var bare = WriteRequest.builder().putRequest(PutRequest.builder().build()).build();
    assertInvalid(
        "1 validation error detected: Value null at"
            + " 'requestItems.tasks.member.2.member.putRequest.item' failed to satisfy constraint:"
            + " Member must not be null",
        () ->
            fixture.db.batchWriteItem(
                b -> b.requestItems(Map.of("tasks", List.of(put("p", "a", "s", 1), bare)))));
    assertInvalid(
        NO_MATCH,
        () ->
            fixture.db.batchWriteItem(b ->
                b.requestItems(Map.of("tasks", List.of(put("p", "a", "s", 1), put("p", "b"))))));
    assertInvalid(
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: Key: p",
        () ->
            fixture.db.batchGetItem(b ->
                b.requestItems(
                    Map.of("tasks", read.toBuilder().projectionExpression("p.x").build()))));
    assertThat(fixture.get("tasks", "p", "a", "s", 1)).isEmpty();
  }

  private static String refusal(ThrowingCallable call) {
    return catchThrowableOfType(AwsServiceException.class, call).awsErrorDetails().errorMessage();
  }

  @Test
  void changesOfCapacityAreCheckedBeforeTheTableIsLookedUp() {
    assertInvalid(
        "One or more parameter values were invalid: ProvisionedThroughput must be specified when"
            + " BillingMode is PROVISIONED",
        () ->
            fixture.db.updateTable(b -> b.tableName("none").billingMode(BillingMode.PROVISIONED)));
    assertInvalid(
        "Given value 1000000000001 for WriteCapacityUnits is out of bounds",
        () ->
            fixture.db.updateTable(b ->
                b.tableName("none")
                    .provisionedThroughput(
                        ProvisionedThroughput.builder()
                            .readCapacityUnits(1L)
                            .writeCapacityUnits(1_000_000_000_001L)
                            .build())));
  }

  @Test
  void keysWithoutDefinitionAreSaidByNumberThenByName() {
    assertInvalid(
        "Invalid KeySchema: Some index key attribute have no definition",
        () -> fixture.create(table("new").keySchema(key("p", "q"))));
    assertInvalid(
        "One or more parameter values were invalid: Some index key attributes are not defined in"
            + " AttributeDefinitions. Keys: [q], AttributeDefinitions: [p]",
        () -> fixture.create(table("new").keySchema(key("q"))));
  }
}
