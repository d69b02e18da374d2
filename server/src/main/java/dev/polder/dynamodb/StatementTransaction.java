package dev.polder.dynamodb;

import dev.polder.dynamodb.DynamoDbErrors.Reason;
import dev.polder.dynamodb.expression.partiql.Statement;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.kernel.LargeTransactions;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;

/// Statements that are carried out together or not at all. All of them read, or all of them write.
final class StatementTransaction {
  private final Scope scope;
  private final Tables tables;
  private final ExecuteTransactionRequest request;
  private final List<OpenTable> opened = new ArrayList<>();
  private final List<Reason> reasons = new ArrayList<>();

  StatementTransaction(Scope scope, Tables tables, ExecuteTransactionRequest request) {
    this.scope = scope;
    this.tables = tables;
    this.request = request;
  }

  ExecuteTransactionResponse run(TransactionOperations transactions, Store store) {
    check();
    List<Statement> statements = read();
    return statements.getFirst() instanceof Statement.Select
        ? get(statements, store)
        : write(statements, transactions);
  }

  private void check() {
    var constraints = new Constraints();
    List<ParameterizedStatement> statements =
        Requests.given(request.hasTransactStatements(), request.transactStatements());
    if (constraints.present(statements, "transactStatements") && statements != null) {
      int most = LargeTransactions.allowed() ? Integer.MAX_VALUE : TransactionOperations.MOST_ITEMS;
      constraints.size(statements, "transactStatements", 1, most);
      for (int i = 0; i < statements.size(); i++) {
        ParameterizedStatement each = statements.get(i);
        StatementOperations.check(
            constraints,
            "transactStatements." + (i + 1) + ".member.",
            each.statement(),
            Requests.given(each.hasParameters(), each.parameters()));
      }
    }
    String token = request.clientRequestToken();
    if (token != null) {
      constraints.length(token, token.length(), "clientRequestToken", 1, 36);
    }
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    constraints.check();
  }

  private List<Statement> read() {
    List<Statement> statements = new ArrayList<>();
    for (ParameterizedStatement each : request.transactStatements()) {
      try {
        statements.add(StatementOperations.read(each.statement(), each.parameters()));
      } catch (ValidationException e) {
        throw in(statements.size(), e.reason());
      }
    }
    long reads = statements.stream().filter(Statement.Select.class::isInstance).count();
    if (reads > 0 && reads < statements.size()) {
      throw new ValidationException(
          "ExecuteTransaction API does not support both read and write operations in the same"
              + " request.");
    }
    return statements;
  }

  private static ValidationException in(int statement, String reason) {
    return new ValidationException(
        "Validation failed in TransactStatements[" + statement + "]: " + reason);
  }

  /// A statement's work on one item.
  @FunctionalInterface
  private interface Preparing<T> {
    T prepare(int number, Layout layout);
  }

  /// Prepares statements on tables that exist; the others are reasons against all of them.
  private <T> List<T> prepare(List<Statement> statements, Preparing<T> preparing) {
    List<T> prepared = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      OpenTable table = tables.find(scope, statements.get(i).table()).orElse(null);
      if (table == null) {
        reasons.add(Reason.noResource());
        continue;
      }
      opened.add(table);
      requireForm(i, statements.get(i), table.layout());
      try {
        prepared.add(preparing.prepare(i, table.layout()));
        reasons.add(Reason.NONE);
      } catch (ValidationException e) {
        reasons.add(Reason.invalid(e.reason()));
      }
    }
    if (reasons.stream().anyMatch(reason -> reason != Reason.NONE)) {
      throw DynamoDbErrors.cancelled(reasons);
    }
    return prepared;
  }

  /// Refuses the whole request for what a statement says.
  private static void requireForm(int number, Statement statement, Layout layout) {
    try {
      if (StatementWrite.returns(statement)) {
        throw new ValidationException("RETURNING clause is not supported in ExecuteTransaction.");
      }
      if (statement instanceof Statement.Exists(var select)) {
        StatementWrite.checked(select, layout.table().key());
      }
      if (statement instanceof Statement.Select select) {
        if (select.index() != null) {
          throw new ValidationException("Reads on indices are not supported within transactions.");
        }
        StatementRead.key(select, layout, "ExecuteTransaction");
      }
    } catch (ValidationException e) {
      throw in(number, e.reason());
    }
  }

  private ExecuteTransactionResponse write(
      List<Statement> statements, TransactionOperations transactions) {
    List<TransactionAction> actions =
        prepare(
            statements,
            (i, layout) -> {
              TransactionAction action = action(statements.get(i), layout, shown(i));
              action.place(layout);
              action.change(layout);
              return action;
            });
    List<Outcome> outcomes =
        transactions.write(
            scope, actions, opened, request.clientRequestToken(), request.transactStatements());
    var capacity = new Capacity(Capacity.Kind.WRITE);
    outcomes.forEach(outcome -> capacity.change(outcome, 2));
    return ExecuteTransactionResponse.builder()
        .responses(List.of())
        .consumedCapacity(capacity.all(request.returnConsumedCapacityAsString(), true))
        .build();
  }

  private static TransactionAction action(Statement statement, Layout layout, boolean shown) {
    boolean keyed =
        switch (statement) {
          case Statement.Change change -> change.where().find(layout.table().key()).isPresent();
          case Statement.Delete delete -> delete.where().find(layout.table().key()).isPresent();
          case Statement _ -> true;
        };
    if (!keyed) {
      throw new ValidationException("The provided key element does not match the schema");
    }
    return StatementWrite.action(statement, layout, shown);
  }

  private boolean shown(int number) {
    ParameterizedStatement statement = request.transactStatements().get(number);
    return "ALL_OLD".equals(statement.returnValuesOnConditionCheckFailureAsString());
  }

  private ExecuteTransactionResponse get(List<Statement> statements, Store store) {
    List<Key> keys =
        prepare(
            statements,
            (i, layout) -> {
              var select = (Statement.Select) statements.get(i);
              return ItemRules.find(
                  layout, StatementRead.key(select, layout, "ExecuteTransaction"));
            });
    Set<Key> distinct = new HashSet<>(keys);
    if (distinct.size() < keys.size()) {
      throw new ValidationException(
          "Transaction request cannot include multiple operations on one item");
    }
    var capacity = new Capacity(Capacity.Kind.READ);
    List<ItemResponse> responses = new ArrayList<>();
    try (Snapshot snapshot = store.snapshot()) {
      for (int i = 0; i < keys.size(); i++) {
        Item item = StatementRead.get(snapshot, keys.get(i));
        capacity.table(
            opened.get(i).table().name(), 2 * Capacity.read(item == null ? 0 : item.size(), true));
        var response = ItemResponse.builder();
        if (item != null) {
          response.item(AttributeValues.sdk(((Statement.Select) statements.get(i)).of(item)));
        }
        responses.add(response.build());
      }
    }
    return ExecuteTransactionResponse.builder()
        .responses(responses)
        .consumedCapacity(capacity.all(request.returnConsumedCapacityAsString(), true))
        .build();
  }
}
