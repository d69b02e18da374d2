package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polder.kernel.LargeTransactions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Transactions.
class TransactionsTest {
  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(table("one"));
    fixture.create(table("two"));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static TransactWriteItem putting(String table, Object... item) {
    return TransactWriteItem.builder().put(p -> p.tableName(table).item(item(item))).build();
  }

  private static TransactWriteItem adding(String table, String key, int number) {
    return TransactWriteItem.builder()
        .update(u ->
            u.tableName(table)
                .key(item("p", key))
                .updateExpression("ADD n :n")
                .expressionAttributeValues(item(":n", number)))
        .build();
  }

  private static TransactWriteItem checking(String table, String key, String condition) {
    return TransactWriteItem.builder()
        .conditionCheck(c ->
            c.tableName(table)
                .key(item("p", key))
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private static TransactWriteItem deleting(String table, String key) {
    return TransactWriteItem.builder().delete(d -> d.tableName(table).key(item("p", key))).build();
  }

  private void write(TransactWriteItem... actions) {
    var _ = fixture.db.transactWriteItems(b -> b.transactItems(actions));
  }

  @Test
  void actionsOnSeveralTablesTakeEffectTogether() {
    fixture.put("two", "p", "old");
    fixture.put("two", "p", "seen");

    write(
        putting("one", "p", "a"),
        adding("one", "b", 3),
        deleting("two", "old"),
        checking("two", "seen", "attribute_exists(p)"));

    assertThat(fixture.get("one", "p", "a")).isNotEmpty();
    assertThat(fixture.get("one", "p", "b")).isEqualTo(item("p", "b", "n", 3));
    assertThat(fixture.get("two", "p", "old")).isEmpty();
  }

  @Test
  void oneFailureCancelsAllAndEachReasonIsNamed() {
    fixture.put("two", "p", "seen", "x", 1);
    fixture.put("one", "p", "text", "n", "no number");

    var refusal =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                write(
                    putting("one", "p", "a"),
                    checking("two", "seen", "attribute_not_exists(p)"),
                    adding("one", "text", 1)));

    assertThat(refusal.awsErrorDetails().errorMessage())
        .isEqualTo(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None,"
                + " ConditionalCheckFailed, ValidationError]");
    assertThat(refusal.cancellationReasons())
        .containsExactly(
            CancellationReason.builder().code("None").build(),
            CancellationReason.builder()
                .code("ConditionalCheckFailed")
                .message("The conditional request failed")
                .item(item("p", "seen", "x", 1))
                .build(),
            CancellationReason.builder()
                .code("ValidationError")
                .message("An operand in the update expression has an incorrect data type")
                .build());
    assertThat(fixture.get("one", "p", "a")).isEmpty();
  }

  @Test
  void theSameTokenDoesTheSameOnceForTenMinutes() {
    var request =
        TransactWriteItemsRequest.builder()
            .clientRequestToken("token")
            .transactItems(adding("one", "a", 1))
            .build();
    var _ = fixture.db.transactWriteItems(request);
    var _ = fixture.db.transactWriteItems(request);

    assertThat(fixture.get("one", "p", "a").get("n").n()).isEqualTo("1");
    assertThatThrownBy(() ->
            fixture.db.transactWriteItems(
                request.toBuilder().transactItems(adding("one", "a", 2)).build()))
        .isInstanceOf(IdempotentParameterMismatchException.class);

    fixture.platform.time().advance(Duration.ofMinutes(11));
    var _ = fixture.db.transactWriteItems(request);
    assertThat(fixture.get("one", "p", "a").get("n").n()).isEqualTo("2");
  }

  @Test
  void readersOfSeveralItemsSeeOneMoment() {
    write(putting("one", "p", "a", "n", 1), putting("two", "p", "b", "n", 1));

    var read =
        fixture.db.transactGetItems(b ->
            b.transactItems(getting("one", "a"), getting("two", "b"), getting("two", "none"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

    assertThat(read.responses().get(0).item()).isEqualTo(item("p", "a", "n", 1));
    assertThat(read.responses().get(1).item()).isEqualTo(item("p", "b", "n", 1));
    assertThat(read.responses().get(2).hasItem()).isFalse();
    assertThat(read.consumedCapacity().getFirst().capacityUnits()).isEqualTo(2);
  }

  private static TransactGetItem getting(String table, String key) {
    return TransactGetItem.builder().get(g -> g.tableName(table).key(item("p", key))).build();
  }

  @Test
  void anItemIsTouchedOnceInATransaction() {
    assertInvalid(
        "Transaction request cannot include multiple operations on one item",
        () -> write(putting("one", "p", "a"), deleting("one", "a")));
  }

  @Test
  void aHundredActionsAreTheLimitUnlessTheCallerIsWithinTheProcess() throws Exception {
    List<TransactWriteItem> many =
        IntStream.range(0, 600).mapToObj(i -> putting("one", "p", "i" + i)).toList();

    assertThatThrownBy(() -> fixture.db.transactWriteItems(b -> b.transactItems(many)))
        .hasMessageContaining("Member must have length less than or equal to 100");
    var _ =
        ScopedValue.where(LargeTransactions.ALLOWED, true)
            .call(() -> fixture.db.transactWriteItems(b -> b.transactItems(many)));

    assertThat(fixture.db.scan(b -> b.tableName("one")).count()).isEqualTo(600);
  }

  @Test
  void emptyActionsAreRefused() {
    assertInvalid(
        "The action or operation requested is invalid. Verify that the action is typed correctly.",
        () -> write(TransactWriteItem.builder().build()));
    assertThat(fixture.db.scan(b -> b.tableName("one")).items()).isEqualTo(List.<Map<?, ?>>of());
  }
}
