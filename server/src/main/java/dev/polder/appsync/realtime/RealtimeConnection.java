package dev.polder.appsync.realtime;

import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import dev.polder.kernel.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client's connection: reads its messages in order, and answers them.
///
/// https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
public final class RealtimeConnection {
  /// https://docs.aws.amazon.com/general/latest/gr/appsync.html#limits_appsync
  private static final int MOST_SUBSCRIPTIONS = 100;

  private static final int NORMAL = 1000;

  private final Supplier<Subscribing> api;
  private final Subscribers subscribers;
  private final Doorkeeper doorkeeper;
  private final Outgoing client;
  private @Nullable Map<String, Subscription> open;
  private boolean refused;

  /// Finds out who sends something.
  @FunctionalInterface
  public interface Doorkeeper {

    /// The caller.
    ///
    /// @param authorization headers, names in lower case
    /// @param start what is to be started; null when the connection is opened
    /// @throws RejectedException if the API knows nobody like this
    Identity admit(Map<String, String> authorization, @Nullable Start start);
  }

  /// A subscription as its client describes it.
  ///
  /// @param data the description itself, which clients with AWS credentials sign
  public record Start(
      String data,
      String query,
      @Nullable String operationName,
      Map<String, @Nullable Object> variables) {}

  RealtimeConnection(
      Supplier<Subscribing> api, Subscribers subscribers, Doorkeeper doorkeeper, Outgoing client) {
    this.api = api;
    this.subscribers = subscribers;
    this.doorkeeper = doorkeeper;
    this.client = client;
  }

  /// Called first, once.
  ///
  /// @param authorization that came with the handshake
  public void opened(Map<String, String> authorization) {
    try {
      Identity _ = doorkeeper.admit(authorization, null);
    } catch (RejectedException e) {
      refused = true;
      client.send(Messages.refused(e.errors()));
      client.close(NORMAL, "");
    }
  }

  /// Handles one message.
  public void message(String text) {
    if (refused) {
      return;
    }
    Map<?, ?> message = object(text);
    String id = message.get("id") instanceof String given ? given : "";
    switch (String.valueOf(message.get("type"))) {
      case "connection_init" -> {
        client.send(Messages.ACKNOWLEDGED);
        client.send(Messages.KEEP_ALIVE);
      }
      case "start" -> start(id, message.get("payload"));
      case "stop" -> stop(id);
      default -> client.send(unsupported(id, "unknown"));
    }
  }

  private static Map<?, ?> object(@Nullable Object text) {
    try {
      return text instanceof String json && Json.parse(json) instanceof Map<?, ?> map
          ? map
          : Map.of();
    } catch (Json.Malformed e) {
      return Map.of();
    }
  }

  private static String unsupported(String id, String operation) {
    return Messages.error(
        id, "UnsupportedOperation", operation + " not supported through the realtime channel");
  }

  private void start(String id, @Nullable Object payload) {
    Map<String, Subscription> present = Objects.requireNonNullElseGet(open, HashMap::new);
    Map<?, ?> around = payload instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> data = object(around.get("data"));
    if (id.isEmpty() || !(data.get("query") instanceof String query)) {
      client.send(unsupported(id, "unknown"));
    } else if (present.containsKey(id)) {
      client.send(
          Messages.error(id, "DuplicatedOperationError", "Duplicated operation with id " + id));
    } else if (present.size() >= MOST_SUBSCRIPTIONS) {
      client.send(
          Messages.error(
              id,
              "MaxSubscriptionsReachedError",
              "Max number of " + MOST_SUBSCRIPTIONS + " subscriptions reached"));
    } else {
      String name = data.get("operationName") instanceof String given ? given : null;
      var start =
          new Start(
              String.valueOf(around.get("data")), query, name, variables(data.get("variables")));
      try {
        Subscription subscription = subscribe(id, start, authorization(around));
        present.put(id, subscription);
        open = present;
      } catch (RejectedException e) {
        client.send(Messages.error(id, e.errors()));
      }
    }
  }

  private Subscription subscribe(String id, Start start, Map<String, String> authorization) {
    Identity identity = doorkeeper.admit(authorization, start);
    var request =
        new Request(
            start.query(), start.operationName(), start.variables(), Map.of(), identity, false);
    Subscribing.Accepted accepted = api.get().accept(request);
    var subscription = new Subscription(id, request, accepted, client);
    synchronized (subscription) {
      // Whatever is told from here on waits for the acknowledgement.
      subscribers.add(subscription);
      subscription.open();
    }
    return subscription;
  }

  private static Map<String, @Nullable Object> variables(@Nullable Object given) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((name, value) -> variables.put(String.valueOf(name), value));
    }
    return variables;
  }

  private static Map<String, String> authorization(Map<?, ?> payload) {
    return payload.get("extensions") instanceof Map<?, ?> extensions
            && extensions.get("authorization") instanceof Map<?, ?> given
        ? headers(given)
        : Map.of();
  }

  /// Headers in a JSON object, with their names in lower case.
  public static Map<String, String> headers(Map<?, ?> object) {
    Map<String, String> headers = new LinkedHashMap<>();
    object.forEach((name, value) -> {
      if (value != null) {
        headers.put(String.valueOf(name).toLowerCase(Locale.ROOT), String.valueOf(value));
      }
    });
    return headers;
  }

  private void stop(String id) {
    Subscription subscription = open == null ? null : open.remove(id);
    if (subscription == null) {
      client.send(Messages.error(id, "UnknownOperationError", "Unknown operation id " + id));
      return;
    }
    end(subscription);
    client.send(Messages.complete(id));
  }

  private void end(Subscription subscription) {
    subscribers.remove(subscription);
    subscription.close();
  }

  /// Called about once a minute, so that the client knows that the connection lives.
  public void heartbeat() {
    client.send(Messages.KEEP_ALIVE);
  }

  /// Called last, once: the client is gone.
  public void closed() {
    if (open != null) {
      open.values().forEach(this::end);
      open = null;
    }
  }
}
