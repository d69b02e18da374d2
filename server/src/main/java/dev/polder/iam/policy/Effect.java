package dev.polder.iam.policy;

/// What policies say about an action on a resource.
public enum Effect {
  /// Some statement allows it and none denies it.
  ALLOWED,
  /// No statement speaks of it.
  NOT_ALLOWED,
  /// A statement denies it, whatever the others say.
  DENIED
}
