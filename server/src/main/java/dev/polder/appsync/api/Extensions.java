package dev.polder.appsync.api;

/// What a schema asks for beyond AppSync, for the whole API: `extend schema @polder(…)`.
///
/// @param filterBeforeLimit true if a list's `limit` counts the objects that pass its filter, false
///   if it counts those that are read, as with DynamoDB
/// @param atomicMutations true if the mutations of one request succeed or fail together
public record Extensions(boolean filterBeforeLimit, boolean atomicMutations) {

  /// An API as AppSync has it.
  public static final Extensions NONE = new Extensions(false, false);
}
