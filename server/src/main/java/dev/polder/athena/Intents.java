package dev.polder.athena;

import dev.polder.store.Key;

/// Where publish intents are kept.
final class Intents {
  private Intents() {}

  static Key key(QueryRecord q) {
    return Key.of("athena", q.scope().account(), q.scope().region(), "intent", q.id());
  }
}
