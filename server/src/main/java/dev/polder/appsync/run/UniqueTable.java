package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import dev.polder.kernel.Json;
import dev.polder.kernel.LargeTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table behind `@unique` when a schema changes: objects that were there before are entered,
/// and what is not unique any more is taken out. Safe to repeat.
public final class UniqueTable {
  private static final int PAGE = 100;
  private static final int LARGEST_BATCH = 25;

  private final ServedApi api;
  private final DynamoDbClient client;

  public UniqueTable(ServedApi api, DynamoDbClient client) {
    this.api = api;
    this.client = client;
  }

  /// Enters the values that the objects of a model have.
  ///
  /// @return a value that several objects have, as JSON; empty if there is none
  public Optional<String> enter(Model model, String field) {
    Map<String, AttributeValue> after = Map.of();
    do {
      var page =
          client.scan(
              ScanRequest.builder()
                  .tableName(api.table(model))
                  .limit(PAGE)
                  .exclusiveStartKey(after.isEmpty() ? null : after)
                  .build());
      Optional<String> taken = enter(model, field, page.items());
      if (taken.isPresent()) {
        return taken;
      }
      after = page.lastEvaluatedKey();
    } while (!after.isEmpty());
    return Optional.empty();
  }

  private Optional<String> enter(
      Model model, String field, List<Map<String, AttributeValue>> items) {
    List<TransactWriteItem> puts = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (var item : items) {
      Object value = Values.object(model, item).get(field);
      if (value == null) {
        continue;
      }
      String text = Json.write(value);
      if (values.contains(text)) {
        return Optional.of(text);
      }
      values.add(text);
      var owner = UniqueValues.owner(Batches.keyOf(model, item));
      puts.add(put(UniqueValues.item(model, field, value, owner), owner));
    }
    if (puts.isEmpty()) {
      return Optional.empty();
    }
    try {
      ScopedValue.where(LargeTransactions.ALLOWED, true)
          .run(() ->
              client.transactWriteItems(
                  TransactWriteItemsRequest.builder().transactItems(puts).build()));
      return Optional.empty();
    } catch (TransactionCanceledException e) {
      for (int i = 0; i < values.size() && i < e.cancellationReasons().size(); i++) {
        if ("ConditionalCheckFailed".equals(e.cancellationReasons().get(i).code())) {
          return Optional.of(values.get(i));
        }
      }
      throw e;
    }
  }

  private TransactWriteItem put(Map<String, AttributeValue> item, AttributeValue owner) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(api.uniqueTable())
                .item(item)
                .conditionExpression("attribute_not_exists(#k) OR #o = :o")
                .expressionAttributeNames(Map.of("#k", UniqueValues.KEY, "#o", UniqueValues.OWNER))
                .expressionAttributeValues(Map.of(":o", owner))
                .build())
        .build();
  }

  /// Takes out the values of a field that is not unique any more.
  public void leave(String type, String field) {
    Map<String, AttributeValue> after = Map.of();
    do {
      var page =
          client.scan(
              ScanRequest.builder()
                  .tableName(api.uniqueTable())
                  .filterExpression("begins_with(#k, :p)")
                  .expressionAttributeNames(Map.of("#k", UniqueValues.KEY))
                  .expressionAttributeValues(
                      Map.of(":p", AttributeValue.fromS(UniqueValues.prefix(type, field))))
                  .exclusiveStartKey(after.isEmpty() ? null : after)
                  .build());
      delete(page.items());
      after = page.lastEvaluatedKey();
    } while (!after.isEmpty());
  }

  private void delete(List<Map<String, AttributeValue>> items) {
    for (int from = 0; from < items.size(); from += LARGEST_BATCH) {
      List<WriteRequest> deletions =
          items.subList(from, Math.min(items.size(), from + LARGEST_BATCH)).stream()
              .map(item -> Objects.requireNonNull(item.get(UniqueValues.KEY)))
              .map(key -> Map.of(UniqueValues.KEY, key))
              .map(key -> WriteRequest.builder().deleteRequest(one -> one.key(key)).build())
              .toList();
      client.batchWriteItem(
          BatchWriteItemRequest.builder()
              .requestItems(Map.of(api.uniqueTable(), deletions))
              .build());
    }
  }
}
