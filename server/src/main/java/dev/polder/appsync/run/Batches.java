package dev.polder.appsync.run;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.Try;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// Reads of many parents at once: whatever the fields of one level ask for is read in one round.
final class Batches {
  private static final int LARGEST_GET = 100;
  // More threads than this only take turns.
  private static final int WIDTH = 8;

  private Batches() {}

  /// Runs work on a thread of its own.
  static <T extends @Nullable Object> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work, task -> Thread.ofVirtual().name("graphql").start(task));
  }

  /// A loader that reads each key by itself, several at a time.
  ///
  /// @param caches false where what is read may change between two loads of one request
  static <K, V> DataLoader<K, V> each(
      Running running, FieldName field, boolean caches, BiFunction<Calls, K, @Nullable V> read) {
    return DataLoaderFactory.newDataLoaderWithTry(
        keys -> {
          Map<K, CompletableFuture<Try<V>>> results = new LinkedHashMap<>();
          new LinkedHashSet<>(keys).forEach(key -> results.put(key, new CompletableFuture<>()));
          spread(
              new ArrayList<>(results.keySet()),
              key ->
                  Objects.requireNonNull(results.get(key))
                      .complete(
                          tried(() -> running.resolve(field, calls -> read.apply(calls, key)))));
          return gathered(keys, results);
        },
        options(caches));
  }

  @SuppressWarnings("NullAway") // a Try may hold null; its library is not annotated
  private static <V> Try<V> tried(Supplier<@Nullable V> read) {
    try {
      return Try.succeeded(read.get());
    } catch (RuntimeException | Error e) {
      return Try.failed(e);
    }
  }

  private static <K> void spread(List<K> keys, Consumer<K> work) {
    int threads = Math.min(WIDTH, keys.size());
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      Thread.ofVirtual()
          .name("graphql")
          .start(() -> {
            for (int i = first; i < keys.size(); i += threads) {
              work.accept(keys.get(i));
            }
          });
    }
  }

  private static <K, V> CompletableFuture<List<Try<V>>> gathered(
      List<K> keys, Map<K, CompletableFuture<Try<V>>> results) {
    return CompletableFuture.allOf(results.values().toArray(CompletableFuture[]::new))
        .thenApply(_ ->
            keys.stream().map(key -> Objects.requireNonNull(results.get(key)).join()).toList());
  }

  /// A loader that gets items of one table by their keys, up to a hundred in a call.
  static DataLoader<Map<String, AttributeValue>, Map<String, @Nullable Object>> byKey(
      Running running, FieldName field, boolean caches, Model model, String table) {
    return DataLoaderFactory.newDataLoaderWithTry(
        keys ->
            async(() ->
                running.resolve(
                    field,
                    calls -> {
                      var found = get(calls, model, table, new LinkedHashSet<>(keys));
                      return keys.stream().map(key -> tried(() -> found.get(key))).toList();
                    })),
        options(caches));
  }

  private static Map<Map<String, AttributeValue>, Map<String, @Nullable Object>> get(
      Calls calls, Model model, String table, LinkedHashSet<Map<String, AttributeValue>> keys) {
    Map<Map<String, AttributeValue>, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
    List<Map<String, AttributeValue>> open = new ArrayList<>(keys);
    while (!open.isEmpty()) {
      List<Map<String, AttributeValue>> some = open.subList(0, Math.min(LARGEST_GET, open.size()));
      var request =
          BatchGetItemRequest.builder()
              .requestItems(
                  Map.of(
                      table, KeysAndAttributes.builder().keys(some).consistentRead(true).build()))
              .build();
      var answer = calls.dynamo("BatchGetItem", table, client -> client.batchGetItem(request));
      some.clear();
      for (var item : answer.responses().getOrDefault(table, List.of())) {
        found.put(keyOf(model, item), Values.object(model, item));
      }
      KeysAndAttributes rest = answer.unprocessedKeys().get(table);
      if (rest != null) {
        open.addAll(rest.keys());
      }
    }
    return found;
  }

  /// The primary key of an item.
  static Map<String, AttributeValue> keyOf(Model model, Map<String, AttributeValue> item) {
    return keyOf(model, model.key(), item);
  }

  /// The key of an item in its table or an index.
  static Map<String, AttributeValue> keyOf(
      Model model, TableKey key, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    String partition = Keys.partition(model, key);
    attributes.put(partition, Objects.requireNonNull(item.get(partition)));
    String sort = Keys.sort(model, key);
    if (sort != null) {
      attributes.put(sort, Objects.requireNonNull(item.get(sort)));
    }
    return attributes;
  }

  private static DataLoaderOptions options(boolean caches) {
    return DataLoaderOptions.newOptions().setCachingEnabled(caches).build();
  }
}
