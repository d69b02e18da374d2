package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.assertInvalid;
import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.keysOnly;
import static dev.polder.dynamodb.Fixture.sorted;
import static dev.polder.dynamodb.Fixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Statements of PartiQL.
class StatementsTest {
  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(
        sorted("plays", "N")
            .attributeDefinitions(attribute("p", "S"), attribute("s", "N"), attribute("g", "S"))
            .globalSecondaryIndexes(global("byG", keysOnly(), "g", "s")));
    for (int i = 1; i <= 5; i++) {
      fixture.put("plays", "p", "a", "s", i, "n", i * 10, "g", i % 2 == 0 ? "even" : "odd");
    }
    fixture.put("plays", "p", "b", "s", 1, "n", 7);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private ExecuteStatementResponse run(String statement, Object... parameters) {
    return fixture.db.executeStatement(request(statement, parameters).build());
  }

  private static ExecuteStatementRequest.Builder request(String statement, Object... parameters) {
    var request = ExecuteStatementRequest.builder().statement(statement);
    if (parameters.length > 0) {
      request.parameters(values(parameters));
    }
    return request;
  }

  private static List<AttributeValue> values(Object... parameters) {
    return Arrays.stream(parameters).map(Fixture::value).toList();
  }

  private List<String> sorts(String statement, Object... parameters) {
    return run(statement, parameters).items().stream()
        .map(item -> item.get("p").s() + item.get("s").n())
        .toList();
  }

  @Test
  void readsAPartitionInTheOrderOfItsSortKeys() {
    assertThat(sorts("SELECT * FROM plays WHERE p = 'a'"))
        .containsExactly("a1", "a2", "a3", "a4", "a5");
    assertThat(sorts("SELECT * FROM plays WHERE p = ? AND s > ?", "a", 3))
        .containsExactly("a4", "a5");
    assertThat(sorts("SELECT p, s FROM plays WHERE p = 'a' AND s BETWEEN 2 AND 3 ORDER BY s DESC"))
        .containsExactly("a3", "a2");
    assertThat(sorts("SELECT * FROM plays WHERE p = 'a' AND n >= 40")).containsExactly("a4", "a5");
  }

  @Test
  void readsAWholeTableOrIndex() {
    assertThat(sorts("SELECT * FROM plays")).hasSize(6).contains("b1", "a5");
    assertThat(sorts("SELECT * FROM plays WHERE n = 7")).containsExactly("b1");
    assertThat(sorts("SELECT * FROM plays.byG WHERE g = 'even' ORDER BY s DESC"))
        .containsExactly("a4", "a2");
    assertThat(run("SELECT * FROM plays.byG WHERE g = 'even' AND s = 2").items())
        .containsExactly(item("p", "a", "s", 2, "g", "even"));
  }

  @Test
  void answersColumnsByTheirLastNames() {
    fixture.put("plays", "p", "c", "s", 1, "m", Map.of("k", List.of("x", "y")));

    assertThat(run("SELECT m.k[1], p FROM plays WHERE p = 'c' AND s = 1").items())
        .containsExactly(item("k[1]", "y", "p", "c"));
  }

  @Test
  void readsInPages() {
    List<String> read = new ArrayList<>();
    String statement = "SELECT * FROM plays WHERE p = 'a' ORDER BY s DESC";
    String token = null;
    int pages = 0;
    do {
      var page = fixture.db.executeStatement(request(statement).limit(2).nextToken(token).build());
      page.items().forEach(item -> read.add(item.get("s").n()));
      token = page.nextToken();
      pages++;
    } while (token != null);

    assertThat(read).containsExactly("5", "4", "3", "2", "1");
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void aTokenBelongsToItsStatement() {
    String token =
        fixture.db.executeStatement(request("SELECT * FROM plays").limit(1).build()).nextToken();

    assertInvalid(
        "NextToken does not match request",
        () -> fixture.db.executeStatement(request("SELECT p FROM plays").nextToken(token).build()));
    assertInvalid(
        "Invalid NextToken",
        () ->
            fixture.db.executeStatement(
                request("SELECT * FROM plays").nextToken("nonsense").build()));
    assertInvalid(
        "Invalid NextToken",
        () ->
            fixture.db.executeStatement(
                request("SELECT * FROM plays").nextToken("AAAA" + token.substring(4)).build()));
  }

  @Test
  void insertsWhatIsNotThere() {
    assertThat(run("INSERT INTO plays VALUE {'p': 'z', 's': 1, 'l': [?, <<'x'>>]}", true).items())
        .isEmpty();

    assertThat(fixture.get("plays", "p", "z", "s", 1))
        .isEqualTo(item("p", "z", "s", 1, "l", List.of(true, AttributeValue.fromSs(List.of("x")))));
    assertRefused(
        "DuplicateItemException",
        "Duplicate primary key exists in table",
        () -> run("INSERT INTO plays VALUE {'p': 'z', 's': 1}"));
  }

  @Test
  void updatesWhatIsThere() {
    assertThat(run("UPDATE plays SET n = n + 1 REMOVE g WHERE p = 'a' AND s = 1").items())
        .isEmpty();
    assertThat(fixture.get("plays", "p", "a", "s", 1)).isEqualTo(item("p", "a", "s", 1, "n", 11));
    assertThat(
            run("UPDATE plays SET n = ? WHERE p = 'a' AND s = 1 AND n = 11 RETURNING ALL NEW *", 0)
                .items())
        .containsExactly(item("p", "a", "s", 1, "n", 0));
    assertThat(
            run("UPDATE plays SET n = 5 WHERE p = 'a' AND s = 1 RETURNING MODIFIED OLD *").items())
        .containsExactly(item("n", 0));
  }

  @Test
  void refusesToUpdateWhatIsNotAsDemanded() {
    for (String where : List.of("p = 'none' AND s = 1", "p = 'a' AND s = 1 AND n = 99")) {
      assertRefused(
          "ConditionalCheckFailedException",
          "The conditional request failed",
          () -> run("UPDATE plays SET n = 1 WHERE " + where));
    }
    assertThat(fixture.get("plays", "p", "none", "s", 1)).isEmpty();

    var refusal =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                fixture.db.executeStatement(
                    request("DELETE FROM plays WHERE p = 'b' AND s = 1 AND n = 8")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build()));
    assertThat(refusal.item()).isEqualTo(item("p", "b", "s", 1, "n", 7));
  }

  @Test
  void deletesAnItem() {
    assertThat(run("DELETE FROM plays WHERE p = 'b' AND s = 1 RETURNING ALL OLD *").items())
        .containsExactly(item("p", "b", "s", 1, "n", 7));
    assertThat(fixture.get("plays", "p", "b", "s", 1)).isEmpty();
    assertThat(run("DELETE FROM plays WHERE p = 'b' AND s = 1").items()).isEmpty();
  }

  @Test
  void answersWhatItConsumes() {
    var response =
        fixture.db.executeStatement(
            request("SELECT * FROM plays WHERE p = 'a'")
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build());

    assertThat(response.consumedCapacity().tableName()).isEqualTo("plays");
    assertThat(response.consumedCapacity().capacityUnits()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM plays.none | The table does not have the specified index
          SELECT n FROM plays.byG WHERE g = 'odd' | One or more parameter values were invalid: Global secondary index byG does not project [n]
          SELECT * FROM plays.byG WHERE g = 'odd' AND n = 1 | One or more parameter values were invalid: Secondary index byG does not project one or more filter attributes: [n]
          SELECT * FROM plays ORDER BY s | Must have WHERE clause in the statement when using ORDER BY clause.
          SELECT * FROM plays WHERE n = 1 ORDER BY s | Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.
          SELECT * FROM plays WHERE p = 'a' ORDER BY n | Variable reference n in ORDER BY clause must be part of the primary key
          UPDATE plays SET n = 1 WHERE p = 'a' | Where clause does not contain a mandatory equality on all key attributes
          DELETE FROM plays WHERE p = 'a' AND s > 1 | Where clause does not contain a mandatory equality on all key attributes
          DELETE FROM plays WHERE p = 'a' AND s = 1 AND p = 'b' | Multiple conditions on same key p. Only single item Update/Insert/Delete are supported
          DELETE FROM plays WHERE p = 'a' AND s = '1' | The provided key element does not match the schema
          UPDATE plays SET s = 2 WHERE p = 'a' AND s = 1 | One or more parameter values were invalid: Cannot update attribute s. This attribute is part of the key
          INSERT INTO plays VALUE {'p': 'x'} | One or more parameter values were invalid: Missing the key s in the item
          EXISTS(SELECT * FROM plays WHERE p = 'a' AND s = 1 AND n = 1) | EXISTS can only be used in ExecuteTransaction write requests.
          """)
  void refuses(String statement, String message) {
    assertInvalid(message, () -> run(statement));
  }

  @Test
  void refusesTablesThatAreNotThere() {
    assertRefused(
        "ResourceNotFoundException",
        "Requested resource not found",
        () -> run("SELECT * FROM missing"));
  }

  private List<BatchStatementResponse> batch(String... statements) {
    return fixture
        .db
        .batchExecuteStatement(b ->
            b.statements(
                Arrays.stream(statements)
                    .map(each -> BatchStatementRequest.builder().statement(each).build())
                    .toList()))
        .responses();
  }

  @Test
  void aBatchReadsItems() {
    assertThat(
            batch(
                "SELECT n FROM plays WHERE p = 'a' AND s = 2",
                "SELECT * FROM plays WHERE p = 'none' AND s = 2",
                "SELECT * FROM plays WHERE p = 'a'",
                "SELECT * FROM missing WHERE p = 'a'",
                "SELEC"))
        .extracting(
            BatchStatementResponse::tableName,
            BatchStatementResponse::item,
            each -> each.error() == null ? null : each.error().codeAsString())
        .containsExactly(
            tuple("plays", item("n", 20), null),
            tuple("plays", item(), null),
            tuple(null, item(), "ValidationError"),
            tuple("missing", item(), "ResourceNotFound"),
            tuple(null, item(), "ValidationError"));
  }

  @Test
  void aBatchWritesEachItemForItself() {
    assertThat(
            batch(
                "INSERT INTO plays VALUE {'p': 'new', 's': 1}",
                "INSERT INTO plays VALUE {'p': 'a', 's': 1}",
                "UPDATE plays SET n = 1 WHERE p = 'none' AND s = 1",
                "DELETE FROM plays WHERE p = 'b' AND s = 1 RETURNING ALL OLD *"))
        .extracting(
            BatchStatementResponse::item,
            each -> each.error() == null ? null : each.error().codeAsString(),
            each -> each.error() == null ? null : each.error().message())
        .containsExactly(
            tuple(item(), null, null),
            tuple(item(), "DuplicateItem", "Duplicate primary key exists in table"),
            tuple(item(), "ConditionalCheckFailed", "The conditional request failed"),
            tuple(item("p", "b", "s", 1, "n", 7), null, null));
    assertThat(fixture.get("plays", "p", "new", "s", 1)).isEqualTo(item("p", "new", "s", 1));
  }

  @Test
  void aBatchIsRefusedForWhatItsStatementsAreTogether() {
    assertInvalid(
        "Read and write requests together in the same batch is not supported.",
        () ->
            batch(
                "SELECT * FROM plays WHERE p = 'a' AND s = 1",
                "DELETE FROM plays WHERE p = 'a' AND s = 2"));
    assertInvalid(
        "Provided list of item keys contains duplicates",
        () ->
            batch(
                "SELECT * FROM plays WHERE p = 'a' AND s = 1",
                "SELECT n FROM plays WHERE s = 1.0 AND p = 'a'"));
  }

  private ExecuteTransactionResponse transaction(String... statements) {
    return fixture.db.executeTransaction(b -> b.transactStatements(statements(statements)));
  }

  private static List<ParameterizedStatement> statements(String... statements) {
    return Arrays.stream(statements)
        .map(each -> ParameterizedStatement.builder().statement(each).build())
        .toList();
  }

  @Test
  void aTransactionReadsItems() {
    assertThat(
            transaction(
                    "SELECT n FROM plays WHERE p = 'a' AND s = 2",
                    "SELECT * FROM plays WHERE p = 'none' AND s = 2")
                .responses())
        .extracting(ItemResponse::item)
        .containsExactly(item("n", 20), item());
  }

  @Test
  void aTransactionWritesAllOrNothing() {
    String insert = "INSERT INTO plays VALUE {'p': 'new', 's': 1}";
    String update = "UPDATE plays SET n = n + 1 WHERE p = 'a' AND s = 1";
    var refusal =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                transaction(
                    update,
                    "INSERT INTO plays VALUE {'p': 'a', 's': 2}",
                    "EXISTS(SELECT * FROM plays WHERE p = 'a' AND s = 3 AND n = 99)"));
    assertThat(refusal.cancellationReasons())
        .extracting(CancellationReason::code)
        .containsExactly("None", "DuplicateItem", "ConditionalCheckFailed");
    assertThat(fixture.get("plays", "p", "a", "s", 1)).containsEntry("n", value(10));

    assertThat(
            transaction(
                    update,
                    insert,
                    "EXISTS(SELECT * FROM plays WHERE p = 'a' AND s = 3 AND n = 30)")
                .responses())
        .isEmpty();
    assertThat(fixture.get("plays", "p", "a", "s", 1)).containsEntry("n", value(11));
    assertThat(fixture.get("plays", "p", "new", "s", 1)).isEqualTo(item("p", "new", "s", 1));
  }

  @Test
  void aTransactionIsDoneOncePerToken() {
    for (int i = 0; i < 2; i++) {
      var _ =
          fixture.db.executeTransaction(b ->
              b.clientRequestToken("once")
                  .transactStatements(
                      statements("UPDATE plays SET n = n + 1 WHERE p = 'a' AND s = 1")));
    }

    assertThat(fixture.get("plays", "p", "a", "s", 1)).containsEntry("n", value(11));
  }

  @Test
  void aTransactionIsCancelledForTablesAndKeys() {
    var refusal =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                transaction(
                    "DELETE FROM missing WHERE p = 'a' RETURNING ALL OLD *",
                    "DELETE FROM plays WHERE p = 'a'",
                    "DELETE FROM plays WHERE p = 'a' AND s = 'x'",
                    "DELETE FROM plays WHERE p = 'a' AND s = 1"));

    assertThat(refusal.cancellationReasons())
        .extracting(CancellationReason::code, CancellationReason::message)
        .containsExactly(
            tuple("ResourceNotFound", "Requested resource not found"),
            tuple("ValidationError", "The provided key element does not match the schema"),
            tuple("ValidationError", "The provided key element does not match the schema"),
            tuple("None", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DELETE FROM plays WHERE p = 'a' AND s = 2 RETURNING ALL OLD * | RETURNING clause is not supported in ExecuteTransaction.
          EXISTS(SELECT * FROM plays WHERE p = 'a' AND s = 2) | EXISTS() must contain a single item read with additional condition
          SELEC | Statement wasn't well formed, can't be processed: Expected data manipulation
          """)
  void refusesInATransaction(String statement, String message) {
    assertInvalid(
        "Validation failed in TransactStatements[1]: " + message,
        () -> transaction("DELETE FROM plays WHERE p = 'a' AND s = 1", statement));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM plays.byG WHERE g = 'odd' | Reads on indices are not supported within transactions.
          SELECT * FROM plays WHERE p = 'a' | Select statements within ExecuteTransaction must specify the primary key in the where clause.
          """)
  void refusesReadsInATransaction(String statement, String message) {
    assertInvalid(
        "Validation failed in TransactStatements[0]: " + message, () -> transaction(statement));
  }

  @Test
  void aTransactionEitherReadsOrWrites() {
    assertInvalid(
        "ExecuteTransaction API does not support both read and write operations in the same"
            + " request.",
        () ->
            transaction(
                "SELECT * FROM plays WHERE p = 'a' AND s = 1",
                "DELETE FROM plays WHERE p = 'a' AND s = 2"));
  }
}
