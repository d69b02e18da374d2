package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.partiql.Statement;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;

/// Statements of PartiQL: one, several, several together or not at all.
final class StatementOperations {
  private static final int LONGEST_STATEMENT = 8192;
  private static final int LONGEST_TOKEN = 32_768;
  private static final int MOST_STATEMENTS = 25;
  private static final String BATCH = "BatchExecuteStatement";

  private final Tables tables;
  private final Store store;
  private final Writer writer;
  private final TransactionOperations transactions;

  StatementOperations(
      Tables tables, Store store, Writer writer, TransactionOperations transactions) {
    this.tables = tables;
    this.store = store;
    this.writer = writer;
    this.transactions = transactions;
  }

  ExecuteStatementResponse execute(Scope scope, ExecuteStatementRequest request) {
    var constraints = new Constraints();
    check(
        constraints,
        "",
        request.statement(),
        Requests.given(request.hasParameters(), request.parameters()));
    String token = request.nextToken();
    if (token != null) {
      constraints.length(token, token.length(), "nextToken", 1, LONGEST_TOKEN);
    }
    constraints.atLeast(request.limit(), "limit", 1);
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    constraints.oneOf(
        request.returnValuesOnConditionCheckFailureAsString(),
        "returnValuesOnConditionCheckFailure",
        Requests.ON_FAILURE);
    constraints.check();
    Statement statement = read(request.statement(), request.parameters());
    StatementWrite.requireNoCheck(statement);
    OpenTable table = ItemOperations.table(tables, scope, statement.table());
    return statement instanceof Statement.Select select
        ? select(request, select, table)
        : write(request, statement, table);
  }

  /// Notes what is wrong with the form of a statement.
  ///
  /// @param path of what the statement is a member of
  static void check(
      Constraints constraints,
      String path,
      @Nullable String statement,
      @Nullable List<AttributeValue> parameters) {
    if (constraints.present(statement, path + "statement") && statement != null) {
      constraints.length(statement, statement.length(), path + "statement", 1, LONGEST_STATEMENT);
    }
    constraints.size(parameters, path + "parameters", 1, Integer.MAX_VALUE);
  }

  static Statement read(String statement, List<AttributeValue> parameters) {
    List<Value> values = parameters.stream().map(AttributeValues::value).toList();
    return Statement.parse(statement, values);
  }

  private ExecuteStatementResponse select(
      ExecuteStatementRequest request, Statement.Select select, OpenTable table) {
    var reading = StatementRead.of(select, table.layout());
    reading.requireConsistency(request.consistentRead());
    List<Object> asked = List.of(request.statement(), request.parameters());
    Item start = StatementRead.start(request.nextToken(), asked);
    Page page = reading.page(store, request.limit(), start);
    var response =
        ExecuteStatementResponse.builder()
            .items(page.items().stream().map(select::of).map(AttributeValues::sdk).toList())
            .nextToken(reading.token(page, asked));
    Item last = reading.source().position(page.last());
    if (last != null) {
      response.lastEvaluatedKey(AttributeValues.sdk(last));
    }
    String wanted = request.returnConsumedCapacityAsString();
    if (wanted != null) {
      var capacity = new Capacity(Capacity.Kind.READ);
      reading.source().consume(capacity, page, Boolean.TRUE.equals(request.consistentRead()));
      response.consumedCapacity(capacity.one(wanted));
    }
    return response.build();
  }

  private ExecuteStatementResponse write(
      ExecuteStatementRequest request, Statement statement, OpenTable table) {
    boolean shown = "ALL_OLD".equals(request.returnValuesOnConditionCheckFailureAsString());
    Outcome outcome = StatementWrite.write(writer, table, statement, shown);
    Item returned = StatementWrite.returned(statement, outcome);
    return ExecuteStatementResponse.builder()
        .items(returned == null ? List.of() : List.of(AttributeValues.sdk(returned)))
        .consumedCapacity(
            new Capacity(Capacity.Kind.WRITE)
                .change(outcome, 1)
                .one(request.returnConsumedCapacityAsString()))
        .build();
  }

  BatchExecuteStatementResponse batch(Scope scope, BatchExecuteStatementRequest request) {
    checkBatch(request);
    List<Prepared> prepared =
        request.statements().stream().map(each -> prepare(scope, each)).toList();
    requireOneKind(prepared);
    requireDistinct(prepared);
    var read = new Capacity(Capacity.Kind.READ);
    var written = new Capacity(Capacity.Kind.WRITE);
    List<BatchStatementResponse> responses =
        prepared.stream().map(each -> answer(each, read, written)).toList();
    String wanted = request.returnConsumedCapacityAsString();
    boolean reads = prepared.stream().anyMatch(each -> each.statement instanceof Statement.Select);
    return BatchExecuteStatementResponse.builder()
        .responses(responses)
        .consumedCapacity((reads ? read : written).all(wanted, false))
        .build();
  }

  private static void checkBatch(BatchExecuteStatementRequest request) {
    var constraints = new Constraints();
    List<BatchStatementRequest> statements =
        Requests.given(request.hasStatements(), request.statements());
    if (constraints.present(statements, "statements") && statements != null) {
      constraints.size(statements, "statements", 1, MOST_STATEMENTS);
      for (int i = 0; i < statements.size(); i++) {
        BatchStatementRequest each = statements.get(i);
        check(
            constraints,
            "statements." + (i + 1) + ".member.",
            each.statement(),
            Requests.given(each.hasParameters(), each.parameters()));
      }
    }
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    constraints.check();
  }

  /// A statement of a batch.
  ///
  /// @param statement null where it cannot be read
  /// @param key null where it is not about one item
  /// @param refusal why it is not carried out; null where it is
  private record Prepared(
      @Nullable Statement statement,
      @Nullable OpenTable table,
      @Nullable Key key,
      boolean consistent,
      @Nullable BatchStatementResponse refusal) {}

  private Prepared prepare(Scope scope, BatchStatementRequest request) {
    boolean consistent = Boolean.TRUE.equals(request.consistentRead());
    Statement statement;
    try {
      statement = read(request.statement(), request.parameters());
      StatementWrite.requireNoCheck(statement);
    } catch (ValidationException e) {
      return new Prepared(null, null, null, consistent, refusal(e, null));
    }
    OpenTable table = tables.find(scope, statement.table()).orElse(null);
    if (table == null) {
      return new Prepared(
          statement,
          null,
          null,
          consistent,
          refusal(DynamoDbErrors.noResource(), statement.table()));
    }
    boolean read = statement instanceof Statement.Select;
    try {
      Key key =
          statement instanceof Statement.Select select
              ? ItemRules.find(table.layout(), StatementRead.key(select, table.layout(), BATCH))
              : StatementWrite.action(statement, table.layout(), false).place(table.layout());
      return new Prepared(statement, table, key, consistent, null);
    } catch (ValidationException e) {
      BatchStatementResponse refusal = refusal(e, read ? null : statement.table());
      return new Prepared(statement, table, null, consistent, refusal);
    }
  }

  private static void requireOneKind(List<Prepared> prepared) {
    boolean reads = prepared.stream().anyMatch(each -> each.statement instanceof Statement.Select);
    boolean writes =
        prepared.stream()
            .anyMatch(
                each -> each.statement != null && !(each.statement instanceof Statement.Select));
    if (reads && writes) {
      throw new ValidationException(
          "Read and write requests together in the same batch is not supported.");
    }
  }

  private static void requireDistinct(List<Prepared> prepared) {
    Set<Key> seen = new HashSet<>();
    for (Prepared each : prepared) {
      if (each.key != null && !seen.add(each.key)) {
        throw new ValidationException("Provided list of item keys contains duplicates");
      }
    }
  }

  private BatchStatementResponse answer(Prepared prepared, Capacity read, Capacity written) {
    Statement statement = prepared.statement;
    OpenTable table = prepared.table;
    Key key = prepared.key;
    if (statement == null || table == null || key == null) {
      return prepared.refusal == null ? BatchStatementResponse.builder().build() : prepared.refusal;
    }
    var response = BatchStatementResponse.builder().tableName(statement.table());
    Item answered;
    if (statement instanceof Statement.Select select) {
      Item item = StatementRead.get(store, key);
      read.table(
          table.table().name(), Capacity.read(item == null ? 0 : item.size(), prepared.consistent));
      answered = item == null ? null : select.of(item);
    } else {
      try {
        Outcome outcome =
            Requests.answer(() -> StatementWrite.write(writer, table, statement, false));
        written.change(outcome, 1);
        answered = StatementWrite.returned(statement, outcome);
      } catch (AwsServiceException e) {
        return refusal(e, statement.table());
      }
    }
    if (answered != null) {
      response.item(AttributeValues.sdk(answered));
    }
    return response.build();
  }

  private static BatchStatementResponse refusal(ValidationException e, @Nullable String table) {
    return refusal(DynamoDbErrors.invalid(e.reason()), table);
  }

  private static BatchStatementResponse refusal(AwsServiceException e, @Nullable String table) {
    String code = e.awsErrorDetails().errorCode();
    return BatchStatementResponse.builder()
        .tableName(table)
        .error(
            BatchStatementError.builder()
                .code(
                    code.equals("ValidationException")
                        ? "ValidationError"
                        : code.replaceFirst("Exception$", ""))
                .message(e.awsErrorDetails().errorMessage())
                .build())
        .build();
  }

  ExecuteTransactionResponse transaction(Scope scope, ExecuteTransactionRequest request) {
    return new StatementTransaction(scope, tables, request).run(transactions, store);
  }
}
