package dev.polder.kernel;

import java.util.function.Consumer;

/// The events of this process. Delivery is in memory and at most once: who must not miss a change
/// subscribes first and then asks the service for the present state.
public interface Events {

  /// Hands an event to every present subscriber and returns when all have taken it. A subscriber
  /// that throws is logged and does not keep the others from it.
  void publish(Event event);

  /// Receives every event from now on, until closed. Called on the publisher's thread: must be
  /// quick and must not block.
  Subscription subscribe(Consumer<Event> subscriber);

  /// Ends a subscription when closed.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
