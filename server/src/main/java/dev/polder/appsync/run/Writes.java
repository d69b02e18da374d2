package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import dev.polder.kernel.LargeTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Does the writes that [WritePlans] made: one by itself, or several as one transaction.
final class Writes {
  private final ServedApi api;
  private final Reads reads;

  Writes(ServedApi api, Reads reads) {
    this.api = api;
    this.reads = reads;
  }

  /// Does one write.
  ///
  /// @return the object as the mutation answers it; null where there was none to delete
  /// @throws FieldException if a condition does not hold
  @Nullable Map<String, @Nullable Object> run(Calls calls, Write write) {
    if (write.main() == null) {
      return null;
    }
    if (!write.others().isEmpty()) {
      try {
        transact(calls, List.of(write));
      } catch (FailedWriteException e) {
        throw e.failure();
      }
      return result(calls, write);
    }
    return switch (write.kind()) {
      case CREATE -> create(calls, write, write.main().put());
      case UPDATE -> update(calls, write, write.main().update());
      case DELETE -> delete(calls, write, write.main().delete());
    };
  }

  private @Nullable Map<String, @Nullable Object> create(Calls calls, Write write, Put put) {
    PutItemRequest request =
        PutItemRequest.builder()
            .tableName(put.tableName())
            .item(put.item())
            .conditionExpression(put.conditionExpression())
            .expressionAttributeNames(orNull(put.expressionAttributeNames()))
            .expressionAttributeValues(orNull(put.expressionAttributeValues()))
            .build();
    try {
      calls.dynamo("PutItem", put.tableName(), client -> client.putItem(request));
    } catch (ConditionalCheckFailedException e) {
      // What is there already is what was to be written: done, says the real service.
      if (!Objects.equals(reads.item(calls, write.model(), write.key()), stored(write, put))) {
        throw e;
      }
    }
    return write.object();
  }

  private static Map<String, @Nullable Object> stored(Write write, Put put) {
    return Values.object(write.model(), put.item());
  }

  private Map<String, @Nullable Object> update(Calls calls, Write write, Update update) {
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(update.tableName())
            .key(update.key())
            .updateExpression(update.updateExpression())
            .conditionExpression(update.conditionExpression())
            .expressionAttributeNames(orNull(update.expressionAttributeNames()))
            .expressionAttributeValues(orNull(update.expressionAttributeValues()))
            .returnValues(ReturnValue.ALL_NEW)
            .build();
    var answer =
        calls.dynamo("UpdateItem", update.tableName(), client -> client.updateItem(request));
    return Values.object(write.model(), answer.attributes());
  }

  private @Nullable Map<String, @Nullable Object> delete(Calls calls, Write write, Delete delete) {
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(delete.tableName())
            .key(delete.key())
            .conditionExpression(delete.conditionExpression())
            .expressionAttributeNames(orNull(delete.expressionAttributeNames()))
            .expressionAttributeValues(orNull(delete.expressionAttributeValues()))
            .returnValues(ReturnValue.ALL_OLD)
            .build();
    try {
      var answer =
          calls.dynamo("DeleteItem", delete.tableName(), client -> client.deleteItem(request));
      return Values.object(write.model(), answer.attributes());
    } catch (ConditionalCheckFailedException e) {
      // Nothing there to delete is no failure: "Handling a condition check failure" in the
      // service's guide.
      if (reads.item(calls, write.model(), write.key()) == null) {
        return null;
      }
      throw e;
    }
  }

  private static <K, V> @Nullable Map<K, V> orNull(Map<K, V> map) {
    return map.isEmpty() ? null : map;
  }

  /// Does several writes together or not at all.
  ///
  /// @throws FailedWriteException saying which of them could not be done
  void transact(Calls calls, List<Write> writes) {
    List<TransactWriteItem> items = new ArrayList<>();
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      if (write.main() != null) {
        items.add(write.main());
        reasons.add(new Reason(i, write.model(), null));
        for (Write.Other other : write.others()) {
          items.add(other.item());
          reasons.add(new Reason(i, write.model(), other.taken()));
        }
      }
    }
    if (items.isEmpty()) {
      return;
    }
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder().transactItems(items).build();
    String target = api.table(writes.getFirst().model());
    try {
      ScopedValue.where(LargeTransactions.ALLOWED, true)
          .run(() ->
              calls.dynamo(
                  "TransactWriteItems", target, client -> client.transactWriteItems(request)));
    } catch (TransactionCanceledException e) {
      throw failure(e, reasons);
    }
  }

  private record Reason(int write, Model model, @Nullable String taken) {}

  private static RuntimeException failure(TransactionCanceledException e, List<Reason> reasons) {
    List<CancellationReason> given = e.cancellationReasons();
    for (int i = 0; i < given.size() && i < reasons.size(); i++) {
      if (!"ConditionalCheckFailed".equals(given.get(i).code())) {
        continue;
      }
      Reason reason = reasons.get(i);
      FieldException failure =
          reason.taken() == null
              ? Failures.conditionFailed(e)
              : new FieldException(
                  "UniqueConstraintViolation",
                  "Another "
                      + reason.model().type()
                      + " has this value of the unique field '"
                      + reason.taken()
                      + "'.");
      return new FailedWriteException(reason.write(), failure);
    }
    return e;
  }

  /// What a write that was done in a transaction answers.
  @Nullable Map<String, @Nullable Object> result(Calls calls, Write write) {
    return write.kind() == Write.Kind.UPDATE
        ? reads.item(calls, write.model(), write.key())
        : write.object();
  }
}
