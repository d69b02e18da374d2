package dev.polder.lambda;

import dev.polder.kernel.Event;
import dev.polder.kernel.Events;
import dev.polder.kernel.Platform;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The workers of all event source mappings. A stream that has more records says so as an event,
/// upon which its workers are woken; in between they cost a few words of memory.
final class StreamWorkers implements AutoCloseable {
  private final Platform platform;
  private final MappingStore store;
  private final Catalogue catalogue;
  private final Invoker invoker;
  private final Map<String, StreamWorker> workers = new ConcurrentHashMap<>();
  private Events.@Nullable Subscription subscription;

  StreamWorkers(Platform platform, MappingStore store, Catalogue catalogue, Invoker invoker) {
    this.platform = platform;
    this.store = store;
    this.catalogue = catalogue;
    this.invoker = invoker;
  }

  MappingStore store() {
    return store;
  }

  /// Takes up all mappings where they were left.
  void start() {
    subscription = platform.events().subscribe(this::arrived);
    store.all().forEach(this::wake);
  }

  private void arrived(Event event) {
    if (workers.isEmpty() || !event.source().equals("aws.dynamodb")) {
      return;
    }
    for (StreamWorker worker : workers.values()) {
      if (event.resources().contains(worker.source())) {
        worker.wake();
      }
    }
  }

  /// Sees to it that a mapping is carried out as it is now.
  void wake(EventSourceMapping mapping) {
    workers
        .computeIfAbsent(
            mapping.id(), _ -> new StreamWorker(mapping, platform, store, catalogue, invoker))
        .wake();
  }

  /// Ends the work on a mapping that is no more.
  void forget(String id) {
    StreamWorker worker = workers.remove(id);
    if (worker != null) {
      worker.close();
    }
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
    workers.values().forEach(StreamWorker::close);
  }

  /// After [#close()], and when functions run no more: waits until all is written down.
  void awaitEnd() {
    workers.values().forEach(StreamWorker::awaitEnd);
  }
}
