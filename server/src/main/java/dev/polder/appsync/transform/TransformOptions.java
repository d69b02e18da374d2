package dev.polder.appsync.transform;

import dev.polder.appsync.api.Generation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What a project says about its schema outside the schema.
///
/// @param generation the dialect of the directives
/// @param featureFlags by name in any case, such as `improvePluralization`, alone or in groups as
///   `cli.json` has them; absent ones have the value that new projects get
/// @param auth the API's authorisation modes
/// @param params the project's parameters, such as `env`; names in the schema may use them as
///   `${env}`
/// @param conflicts how writes that meet are resolved
public record TransformOptions(
    Generation generation,
    Map<String, Object> featureFlags,
    AuthModes auth,
    Map<String, String> params,
    ConflictResolution conflicts) {

  public TransformOptions {
    featureFlags = java.util.Collections.unmodifiableMap(flat(featureFlags));
    params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  private static Map<String, Object> flat(Map<?, ?> flags) {
    Map<String, Object> flat = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    flags.forEach((name, value) -> {
      if (value instanceof Map<?, ?> group) {
        flat.putAll(flat(group));
      } else if (value != null) {
        flat.put(String.valueOf(name), value);
      }
    });
    return flat;
  }

  /// Options of a project without conflict resolution.
  public TransformOptions(
      Generation generation,
      Map<String, Object> featureFlags,
      AuthModes auth,
      Map<String, String> params) {
    this(generation, featureFlags, auth, params, ConflictResolution.NONE);
  }

  /// Options of a new project with API keys.
  public static TransformOptions of(Generation generation) {
    return new TransformOptions(generation, Map.of(), AuthModes.API_KEY, Map.of());
  }

  /// The value of a feature flag that is on or off.
  ///
  /// @param standard the value for new projects
  public boolean flag(String name, boolean standard) {
    return switch (featureFlags.get(name)) {
      case Boolean on -> on;
      case String text -> Boolean.parseBoolean(text);
      case null, default -> standard;
    };
  }
}
