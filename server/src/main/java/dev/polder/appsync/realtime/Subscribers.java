package dev.polder.appsync.realtime;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.MutationListener.Mutation;
import dev.polder.appsync.run.Request;
import dev.polder.kernel.Json;
import dev.polder.kernel.time.Time;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Everybody who is subscribed to one API. Mutations reach each of them in the order in which they
/// were told here.
final class Subscribers {
  private static final System.Logger LOG = System.getLogger(Subscribers.class.getName());

  /// The largest payload that is delivered; larger ones are dropped, as the real service does.
  private static final int LARGEST_PAYLOAD = 240 << 10;

  // Mutations that wait for their delivery; who makes more than these waits itself.
  private static final int QUEUE = 1024;

  private final Time time;
  private final Map<String, Set<Subscription>> byField = new ConcurrentHashMap<>();
  private final Deque<Event> events = new ArrayDeque<>();
  private boolean delivering;

  private record Event(Subscribing api, Mutation mutation) {}

  /// What makes two subscribers see the same: the same question by the same caller, whose rights
  /// may be others than the next one's.
  private record View(
      String query,
      @Nullable String operationName,
      Map<String, @Nullable Object> variables,
      Identity identity) {
    static View of(Request request) {
      return new View(
          request.query(), request.operationName(), request.variables(), request.identity());
    }
  }

  Subscribers(Time time) {
    this.time = time;
  }

  void add(Subscription subscription) {
    byField.compute(
        subscription.field(),
        (_, present) -> {
          Set<Subscription> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(subscription);
          return all;
        });
  }

  void remove(Subscription subscription) {
    byField.computeIfPresent(
        subscription.field(),
        (_, present) -> {
          present.remove(subscription);
          return present.isEmpty() ? null : present;
        });
  }

  /// How many there are.
  int size() {
    return byField.values().stream().mapToInt(Set::size).sum();
  }

  /// Tells everybody who is concerned, soon. Returns at once, unless very many wait already.
  void tell(Subscribing api, Mutation mutation) {
    if (api.fedBy(mutation.field()).stream().noneMatch(byField::containsKey)) {
      return;
    }
    synchronized (events) {
      while (events.size() >= QUEUE) {
        try {
          events.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      events.add(new Event(api, mutation));
      if (!delivering) {
        delivering = true;
        time.run("subscriptions", this::deliver);
      }
    }
  }

  private void deliver() {
    for (Event event = next(); event != null; event = next()) {
      try {
        deliver(event);
      } catch (RuntimeException e) {
        LOG.log(ERROR, "Cannot deliver " + event.mutation().field() + " to its subscribers", e);
      }
    }
  }

  private @Nullable Event next() {
    synchronized (events) {
      Event event = events.poll();
      delivering = event != null;
      events.notifyAll();
      return event;
    }
  }

  private void deliver(Event event) {
    Map<String, @Nullable Object> selected = event.mutation().selected();
    Map<View, String> payloads = new HashMap<>();
    for (String field : event.api().fedBy(event.mutation().field())) {
      for (Subscription subscription : byField.getOrDefault(field, Set.of())) {
        if (subscription.wants(selected)) {
          Request request = subscription.request();
          String payload =
              payloads.computeIfAbsent(
                  View.of(request), _ -> payload(event.api(), request, selected));
          if (!payload.isEmpty()) {
            subscription.deliver(payload);
          }
        }
      }
    }
  }

  private static String payload(
      Subscribing api, Request request, Map<String, @Nullable Object> selected) {
    String payload = Json.write(api.answer(request, selected));
    if (payload.getBytes(StandardCharsets.UTF_8).length > LARGEST_PAYLOAD) {
      LOG.log(WARNING, "A payload of more than 240 KB is not delivered to subscribers");
      return "";
    }
    return payload;
  }
}
