package dev.polder.appsync.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How writes of the same object that meet are resolved: a model with a strategy counts versions
/// and keeps what was deleted, so that clients that were offline can catch up.
///
/// @param project the strategy of every model, if there is one
/// @param models strategies of single models, by type name
public record ConflictResolution(Optional<Strategy> project, Map<String, Strategy> models) {

  /// No model resolves conflicts.
  public static final ConflictResolution NONE = new ConflictResolution(Optional.empty(), Map.of());

  public ConflictResolution {
    models = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /// The strategy of a model, if it has one.
  public Optional<Strategy> of(String model) {
    Strategy own = models.get(model);
    return own == null ? project : Optional.of(own);
  }

  /// What happens to a write that is based on an old version.
  public enum Strategy {
    AUTOMERGE,
    OPTIMISTIC_CONCURRENCY,
    LAMBDA
  }
}
