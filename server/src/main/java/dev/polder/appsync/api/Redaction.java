package dev.polder.appsync.api;

/// What the answers of a model's mutations withhold, because every subscriber gets to see them.
public enum Redaction {
  /// The fields that not every reader of an object may read.
  FIELDS,

  /// Those, and connections unless the same callers may read both sides.
  CONNECTIONS
}
