package dev.polder.dynamodb;

import dev.polder.dynamodb.ChangeRecord.Origin;
import dev.polder.dynamodb.expression.Dialect;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.LegacyUpdate;
import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Several items in one request, not as a transaction; though the writes of one request are one
/// batch of the store.
final class BatchOperations {
  private static final int MOST_NAMES = 255;
  private static final int MOST_READS = 100;
  private static final int MOST_WRITES = 25;
  private static final long MOST_BYTES = 16L << 20;

  private final Tables tables;
  private final Store store;
  private final Writer writer;

  BatchOperations(Tables tables, Store store, Writer writer) {
    this.tables = tables;
    this.store = store;
    this.writer = writer;
  }

  /// What is asked of one table.
  private record Wanted(
      OpenTable table,
      String name,
      KeysAndAttributes request,
      List<Key> keys,
      Optional<Projection> projection) {}

  BatchGetItemResponse get(Scope scope, BatchGetItemRequest request) {
    checkGet(scope, request);
    Map<String, Optional<Projection>> projections = new LinkedHashMap<>();
    Map<String, List<Item>> keys = new LinkedHashMap<>();
    int count = 0;
    for (var each : request.requestItems().entrySet()) {
      projections.put(each.getKey(), projection(each.getValue()));
      List<Item> items = each.getValue().keys().stream().map(AttributeValues::item).toList();
      if (new HashSet<>(items).size() < items.size()) {
        throw new ValidationException("Provided list of item keys contains duplicates");
      }
      keys.put(each.getKey(), items);
      count += items.size();
    }
    if (count > MOST_READS) {
      throw new ValidationException("Too many items requested for the BatchGetItem call");
    }
    List<Wanted> wanted = new ArrayList<>();
    for (var each : request.requestItems().entrySet()) {
      OpenTable table =
          ItemOperations.table(tables, scope, TableOperations.name(scope, each.getKey()));
      List<Key> found =
          keys.getOrDefault(each.getKey(), List.of()).stream()
              .map(key -> ItemRules.find(table.layout(), key))
              .toList();
      Optional<Projection> projection = projections.getOrDefault(each.getKey(), Optional.empty());
      projection.ifPresent(paths -> ItemRules.requireScalarKeys(table.layout(), paths.paths()));
      wanted.add(new Wanted(table, each.getKey(), each.getValue(), found, projection));
    }
    return read(wanted, request.returnConsumedCapacityAsString());
  }

  private static void checkGet(Scope scope, BatchGetItemRequest request) {
    var constraints = new Constraints();
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    var items = Requests.given(request.hasRequestItems(), request.requestItems());
    if (constraints.present(items, "requestItems") && items != null) {
      constraints.length(items, items.size(), "requestItems", 1, MOST_READS);
      requireNames(constraints, scope, items);
      items.forEach((table, keys) -> {
        String path = "requestItems." + table + ".member.keys";
        if (constraints.present(Requests.given(keys.hasKeys(), keys.keys()), path)) {
          constraints.size(keys.keys(), path, 1, MOST_READS);
        }
        if (keys.hasAttributesToGet()) {
          constraints.size(
              keys.attributesToGet(),
              "requestItems." + table + ".member.attributesToGet",
              1,
              MOST_NAMES);
        }
      });
    }
    constraints.check();
  }

  private static Optional<Projection> projection(KeysAndAttributes request) {
    var names =
        Requests.given(request.hasExpressionAttributeNames(), request.expressionAttributeNames());
    new Dialect()
        .expression("ProjectionExpression", request.projectionExpression())
        .other(
            "AttributesToGet",
            Requests.given(request.hasAttributesToGet(), request.attributesToGet()))
        .require(names, null);
    if (request.hasAttributesToGet()) {
      return Optional.of(LegacyUpdate.projection(request.attributesToGet()));
    }
    if (request.projectionExpression() == null) {
      return Optional.empty();
    }
    Expressions expressions = Requests.expressions(names, null);
    Projection projection = expressions.projection(request.projectionExpression());
    expressions.requireAllUsed();
    return Optional.of(projection);
  }

  private BatchGetItemResponse read(List<Wanted> wanted, @Nullable String consumed) {
    Map<String, List<Map<String, AttributeValue>>> responses = new LinkedHashMap<>();
    Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
    var capacity = new Capacity(Capacity.Kind.READ);
    long bytes = 0;
    for (Wanted each : wanted) {
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      int done = 0;
      while (done < each.keys.size() && bytes < MOST_BYTES) {
        byte[] stored = store.get(each.keys.get(done++));
        Item item = stored == null ? null : ItemEncoding.decode(stored);
        int size = item == null ? 0 : item.size();
        bytes += size;
        boolean consistent = Boolean.TRUE.equals(each.request.consistentRead());
        capacity.table(each.table.table().name(), Capacity.read(size, consistent));
        if (item != null) {
          items.add(
              AttributeValues.sdk(
                  each.projection.isPresent() ? each.projection.get().of(item) : item));
        }
      }
      responses.put(each.name, items);
      if (done < each.keys.size()) {
        var rest = each.request.keys().subList(done, each.keys.size());
        unprocessed.put(each.name, each.request.toBuilder().keys(rest).build());
      }
    }
    return BatchGetItemResponse.builder()
        .responses(responses)
        .unprocessedKeys(unprocessed)
        .consumedCapacity(capacity.all(consumed, false))
        .build();
  }

  BatchWriteItemResponse write(Scope scope, BatchWriteItemRequest request) {
    checkWrite(scope, request);
    Map<String, List<Item>> items = new LinkedHashMap<>();
    long bytes = 0;
    for (var each : request.requestItems().entrySet()) {
      List<Item> read = each.getValue().stream().map(BatchOperations::item).toList();
      items.put(each.getKey(), read);
      bytes += read.stream().mapToLong(Item::size).sum();
    }
    if (items.values().stream().mapToInt(List::size).sum() > MOST_WRITES) {
      throw new ValidationException("Too many items requested for the BatchWriteItem call");
    }
    if (bytes > MOST_BYTES) {
      throw new ValidationException("The batch write request exceeds the limit of 16 MB");
    }
    List<Step> steps = new ArrayList<>();
    Set<Key> seen = new HashSet<>();
    for (var each : request.requestItems().entrySet()) {
      OpenTable table =
          ItemOperations.table(tables, scope, TableOperations.name(scope, each.getKey()));
      List<Item> written = items.getOrDefault(each.getKey(), List.of());
      for (int i = 0; i < written.size(); i++) {
        Step step = step(table, each.getValue().get(i), written.get(i));
        if (!seen.add(step.key())) {
          throw new ValidationException("Provided list of item keys contains duplicates");
        }
        steps.add(step);
      }
    }
    List<Outcome> outcomes = writer.write(steps, Writer.Together.PLAIN, Origin.CLIENT);
    return answer(request, outcomes);
  }

  private static void checkWrite(Scope scope, BatchWriteItemRequest request) {
    var constraints = new Constraints();
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    constraints.oneOf(
        request.returnItemCollectionMetricsAsString(),
        "returnItemCollectionMetrics",
        Requests.METRICS);
    var items = Requests.given(request.hasRequestItems(), request.requestItems());
    if (constraints.present(items, "requestItems") && items != null) {
      constraints.length(items, items.size(), "requestItems", 1, MOST_WRITES);
      requireNames(constraints, scope, items);
      for (List<WriteRequest> each : items.values()) {
        if (each.isEmpty() || each.size() > MOST_WRITES) {
          constraints.broken(
              Constraints.quoted(items),
              "requestItems",
              "Map value must satisfy constraint: [Member must have length less than or equal to"
                  + " 25, Member must have length greater than or equal to 1]");
        }
      }
      items.forEach((table, each) -> requireWhole(constraints, table, each));
    }
    constraints.check();
  }

  /// Refuses names that no table can have.
  private static void requireNames(
      Constraints constraints, Scope scope, Map<String, ? extends Object> items) {
    for (String name : items.keySet()) {
      if (!Constraints.isName(String.valueOf(TableOperations.name(scope, name)))) {
        constraints.broken(
            Constraints.quoted(items),
            "requestItems",
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255,"
                + " Member must have length greater than or equal to 3, Member must satisfy regular"
                + " expression pattern: [a-zA-Z0-9_.-]+]");
      }
    }
  }

  /// Refuses writes that lack what is to be written.
  private static void requireWhole(
      Constraints constraints, String table, List<WriteRequest> writes) {
    int number = 1;
    for (WriteRequest write : writes) {
      String path = "requestItems." + table + ".member." + number++ + ".member.";
      if (write.deleteRequest() != null && !write.deleteRequest().hasKey()) {
        constraints.present(null, path + "deleteRequest.key");
      }
      if (write.putRequest() != null && !write.putRequest().hasItem()) {
        constraints.present(null, path + "putRequest.item");
      }
    }
  }

  /// The item that is put, or the key of the one that is deleted.
  private static Item item(WriteRequest request) {
    boolean put = request.putRequest() != null;
    if (put == (request.deleteRequest() != null)) {
      throw new ValidationException(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
              + " the supported datatypes");
    }
    if (!put) {
      return AttributeValues.item(request.deleteRequest().key());
    }
    Item item = AttributeValues.item(request.putRequest().item());
    item.requirePutSize();
    return item;
  }

  private static Step step(OpenTable table, WriteRequest request, Item item) {
    if (request.putRequest() != null) {
      ItemRules.requireKey(table.layout(), item);
      return new Step(table, ItemRules.place(table.layout(), item), _ -> item);
    }
    return new Step(table, ItemRules.find(table.layout(), item), _ -> null);
  }

  private static BatchWriteItemResponse answer(
      BatchWriteItemRequest request, List<Outcome> outcomes) {
    var capacity = new Capacity(Capacity.Kind.WRITE);
    Map<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
    boolean counted = request.returnConsumedCapacityAsString() != null;
    for (Outcome outcome : outcomes) {
      if (counted) {
        capacity.change(outcome, 1);
      }
      TransactionOperations.note(metrics, request.returnItemCollectionMetricsAsString(), outcome);
    }
    var response =
        BatchWriteItemResponse.builder()
            .unprocessedItems(Map.of())
            .consumedCapacity(capacity.all(request.returnConsumedCapacityAsString(), false));
    if (!metrics.isEmpty()) {
      response.itemCollectionMetrics(metrics);
    }
    return response.build();
  }
}
