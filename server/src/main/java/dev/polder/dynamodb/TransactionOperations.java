package dev.polder.dynamodb;

import dev.polder.dynamodb.ChangeRecord.Origin;
import dev.polder.dynamodb.DynamoDbErrors.Reason;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.kernel.LargeTransactions;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.Reads;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/// Transactions: several items together or not at all, for writers and for readers.
final class TransactionOperations {
  static final int MOST_ITEMS = 100;
  private static final long MOST_BYTES = 4L << 20;

  private final Tables tables;
  private final Store store;
  private final Writer writer;
  private final Tokens tokens;

  TransactionOperations(Tables tables, Store store, Writer writer, Tokens tokens) {
    this.tables = tables;
    this.store = store;
    this.writer = writer;
    this.tokens = tokens;
  }

  TransactWriteItemsResponse write(Scope scope, TransactWriteItemsRequest request) {
    checkWrite(request);
    List<Action> actions = request.transactItems().stream().map(item -> read(scope, item)).toList();
    List<OpenTable> opened =
        actions.stream()
            .map(action -> ItemOperations.table(tables, scope, action.tableName()))
            .toList();
    return answer(
        request,
        write(scope, actions, opened, request.clientRequestToken(), request.transactItems()));
  }

  private static Action read(Scope scope, TransactWriteItem item) {
    return Sweep.isAskedBy(item)
        ? Sweep.read(scope, item.delete())
        : TransactionAction.read(scope, item);
  }

  /// Carries actions out together, unless it was done before under the same token.
  ///
  /// @param opened the tables of the actions, in their order
  /// @param request what the client asked for under the token
  /// @return what the actions have made of their items; nothing if it was done before
  List<Outcome> write(
      Scope scope,
      List<? extends Action> actions,
      List<OpenTable> opened,
      @Nullable String token,
      Object request) {
    var transaction = new Transaction(scope, tokens, actions, opened, token, request);
    requireSize(actions);
    try {
      return writer.write(transaction.steps(), transaction, Origin.CLIENT);
    } catch (Transaction.RepeatedException e) {
      return List.of();
    }
  }

  private static void checkWrite(TransactWriteItemsRequest request) {
    var constraints = new Constraints();
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    constraints.oneOf(
        request.returnItemCollectionMetricsAsString(),
        "returnItemCollectionMetrics",
        Requests.METRICS);
    List<TransactWriteItem> items =
        Requests.given(request.hasTransactItems(), request.transactItems());
    if (constraints.present(items, "transactItems") && items != null) {
      int most = LargeTransactions.allowed() ? Integer.MAX_VALUE : MOST_ITEMS;
      constraints.size(items, "transactItems", 1, most);
    }
    String token = request.clientRequestToken();
    if (token != null) {
      constraints.length(token, token.length(), "clientRequestToken", 1, 36);
    }
    constraints.check();
  }

  private static void requireSize(List<? extends Action> actions) {
    if (LargeTransactions.allowed()) {
      return;
    }
    if (actions.stream().mapToLong(Action::size).sum() > MOST_BYTES) {
      throw new ValidationException(
          "Collection size exceeded: the items of a transaction may have 4 MB together");
    }
  }

  private static TransactWriteItemsResponse answer(
      TransactWriteItemsRequest request, List<Outcome> outcomes) {
    var capacity = new Capacity(Capacity.Kind.WRITE);
    Map<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
    boolean counted = request.returnConsumedCapacityAsString() != null;
    for (Outcome outcome : outcomes) {
      if (counted) {
        capacity.change(outcome, 2);
      }
      if (request.returnItemCollectionMetricsAsString() != null) {
        note(metrics, request.returnItemCollectionMetricsAsString(), outcome);
      }
    }
    var response =
        TransactWriteItemsResponse.builder()
            .consumedCapacity(capacity.all(request.returnConsumedCapacityAsString(), true));
    if (!metrics.isEmpty()) {
      response.itemCollectionMetrics(metrics);
    }
    return response.build();
  }

  /// Adds the metrics of a changed item's partition, where they were asked for.
  static void note(
      Map<String, List<ItemCollectionMetrics>> metrics, @Nullable String wanted, Outcome outcome) {
    Item item = outcome.after() == null ? outcome.before() : outcome.after();
    ItemCollectionMetrics noted =
        item == null ? null : Requests.metrics(wanted, outcome.layout(), item);
    if (noted != null) {
      metrics.computeIfAbsent(outcome.layout().table().name(), _ -> new ArrayList<>()).add(noted);
    }
  }

  TransactGetItemsResponse get(Scope scope, TransactGetItemsRequest request) {
    var constraints = new Constraints();
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    List<TransactGetItem> items =
        Requests.given(request.hasTransactItems(), request.transactItems());
    if (constraints.present(items, "transactItems") && items != null) {
      constraints.size(items, "transactItems", 1, MOST_ITEMS);
    }
    constraints.check();
    List<Wanted> wanted =
        request.transactItems().stream().map(item -> wanted(scope, item.get())).toList();
    Set<Key> keys = new HashSet<>();
    if (!wanted.stream().allMatch(each -> keys.add(each.key))) {
      throw new ValidationException(
          "Transaction request cannot include multiple operations on one item");
    }
    try (Snapshot snapshot = store.snapshot()) {
      return read(snapshot, wanted, request.returnConsumedCapacityAsString());
    }
  }

  /// An item that is to be read.
  private record Wanted(OpenTable table, Key key, @Nullable Projection projection) {}

  private Wanted wanted(Scope scope, @Nullable Get get) {
    if (get == null || get.tableName() == null || !get.hasKey()) {
      throw new ValidationException(
          "1 validation error detected: Value null at 'transactItems.1.member.get' failed to"
              + " satisfy constraint: Member must not be null");
    }
    Item key = AttributeValues.item(get.key());
    Projection projection = null;
    Map<String, String> names =
        Requests.given(get.hasExpressionAttributeNames(), get.expressionAttributeNames());
    if (get.projectionExpression() != null) {
      Expressions expressions = Requests.expressions(names, null);
      projection = expressions.projection(get.projectionExpression());
      expressions.requireAllUsed();
    } else if (names != null) {
      throw new ValidationException(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    OpenTable table =
        ItemOperations.table(tables, scope, TableOperations.name(scope, get.tableName()));
    return new Wanted(table, ItemRules.find(table.layout(), key), projection);
  }

  private static TransactGetItemsResponse read(
      Reads snapshot, List<Wanted> wanted, @Nullable String consumed) {
    List<ItemResponse> responses = new ArrayList<>();
    var capacity = new Capacity(Capacity.Kind.READ);
    long bytes = 0;
    for (Wanted each : wanted) {
      byte[] stored = snapshot.get(each.key);
      Item item = stored == null ? null : ItemEncoding.decode(stored);
      int size = item == null ? 0 : item.size();
      bytes += size;
      capacity.table(each.table.table().name(), 2 * Capacity.read(size, true));
      var response = ItemResponse.builder();
      if (item != null) {
        response.item(
            AttributeValues.sdk(each.projection == null ? item : each.projection.of(item)));
      }
      responses.add(response.build());
    }
    if (bytes > MOST_BYTES) {
      throw new ValidationException(
          "Collection size exceeded: the items of a transaction may have 4 MB together");
    }
    return TransactGetItemsResponse.builder()
        .responses(responses)
        .consumedCapacity(capacity.all(consumed, true))
        .build();
  }

  /// Reasons of which none speaks against the transaction.
  static List<Reason> none(int count) {
    return new ArrayList<>(Collections.nCopies(count, Objects.requireNonNull(Reason.NONE)));
  }
}
