package dev.polder.appsync.realtime;

import dev.polder.appsync.realtime.Subscribing.Accepted;
import dev.polder.appsync.run.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One subscription of one client.
final class Subscription {
  private final String id;
  private final Request request;
  private final Accepted accepted;
  private final Outgoing client;
  private boolean open;

  Subscription(String id, Request request, Accepted accepted, Outgoing client) {
    this.id = id;
    this.request = request;
    this.accepted = accepted;
    this.client = client;
  }

  String field() {
    return accepted.field();
  }

  Request request() {
    return request;
  }

  /// True if the subscriber wants to hear of this answer.
  boolean wants(Map<String, @Nullable Object> selected) {
    return accepted.equal().entrySet().stream()
            .allMatch(each -> EventFilter.same(selected.get(each.getKey()), each.getValue()))
        && accepted.filters().stream().allMatch(filter -> EventFilter.passes(filter, selected));
  }

  /// Says that the subscription is open; from here on there may be data.
  synchronized void open() {
    open = client.send(Messages.started(id));
  }

  /// From here on there is no data.
  synchronized void close() {
    open = false;
  }

  /// @param payload in JSON
  synchronized void deliver(String payload) {
    if (open) {
      open = client.send(Messages.data(id, payload));
    }
  }
}
