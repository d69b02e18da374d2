package dev.polder.gateway.http;

import static java.lang.System.Logger.Level.ERROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The open WebSockets of a server. Each hears its heart beat once a round; a round is cut into
/// seconds, so that ten thousand sockets are not all written to at once.
final class Heartbeats implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Heartbeats.class.getName());

  private final List<Set<WebSocketConnection>> slots = new ArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("websocket-heartbeat").factory());
  private int next;

  Heartbeats() {
    for (int i = 0; i < WebSocketListener.HEARTBEAT_SECONDS; i++) {
      slots.add(ConcurrentHashMap.newKeySet());
    }
    // Its outcome is never looked at: a beat catches what goes wrong.
    var _ = thread.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
  }

  void add(WebSocketConnection connection) {
    slot(connection).add(connection);
  }

  void remove(WebSocketConnection connection) {
    slot(connection).remove(connection);
  }

  private Set<WebSocketConnection> slot(WebSocketConnection connection) {
    return slots.get(Math.floorMod(System.identityHashCode(connection), slots.size()));
  }

  private void beat() {
    next = (next + 1) % slots.size();
    for (WebSocketConnection connection : slots.get(next)) {
      try {
        connection.heartbeat();
      } catch (RuntimeException e) {
        LOG.log(ERROR, "A heartbeat failed on a defect", e);
      }
    }
  }

  /// Says goodbye to all.
  @Override
  public void close() {
    thread.shutdownNow();
    slots.forEach(slot -> slot.forEach(each -> each.close(true)));
  }
}
