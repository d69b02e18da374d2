package dev.polder.examples.blog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Deletes a post and the comments on it, however many there are.
final class PostRemoval {
  /// How many writes one BatchWriteItem takes.
  private static final int BATCH = 25;

  private final DynamoDbClient tables;
  private final String postTable;
  private final String commentTable;

  PostRemoval(DynamoDbClient tables, String postTable, String commentTable) {
    this.tables = tables;
    this.postTable = postTable;
    this.commentTable = commentTable;
  }

  /// @return the post's id
  /// @throws IllegalArgumentException if there is no such post; its comments are gone all the same
  String remove(String postId) {
    List<WriteRequest> deletions = deletions(postId);
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> pending = new ArrayList<>();
      for (int at = 0; at < deletions.size(); at += BATCH) {
        var batch = deletions.subList(at, Math.min(at + BATCH, deletions.size()));
        pending.add(calls.submit(() -> write(batch)));
      }
      for (Future<?> each : pending) {
        await(each);
      }
    }
    // The post goes last: until then a failure can be repeated with the same id.
    var deleted =
        tables.deleteItem(b ->
            b.tableName(postTable)
                .key(Map.of("id", AttributeValue.fromS(postId)))
                .returnValues(ReturnValue.ALL_OLD));
    if (!deleted.hasAttributes()) {
      throw new IllegalArgumentException("There is no post " + postId);
    }
    return postId;
  }

  private List<WriteRequest> deletions(String postId) {
    List<WriteRequest> deletions = new ArrayList<>();
    tables
        .queryPaginator(b ->
            b.tableName(commentTable)
                .indexName("byPost")
                .keyConditionExpression("postID = :post")
                .expressionAttributeValues(Map.of(":post", AttributeValue.fromS(postId)))
                .projectionExpression("id"))
        .items()
        .forEach(item ->
            deletions.add(
                WriteRequest.builder()
                    .deleteRequest(d -> d.key(Map.of("id", item.get("id"))))
                    .build()));
    return deletions;
  }

  private void write(List<WriteRequest> batch) {
    Map<String, List<WriteRequest>> open = Map.of(commentTable, batch);
    while (!open.isEmpty()) {
      var request = open;
      open = tables.batchWriteItem(b -> b.requestItems(request)).unprocessedItems();
    }
  }

  private static void await(Future<?> call) {
    try {
      call.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
