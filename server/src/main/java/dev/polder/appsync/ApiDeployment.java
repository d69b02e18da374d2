package dev.polder.appsync;

import dev.polder.appsync.api.Generation;
import dev.polder.appsync.auth.AuthSettings;
import dev.polder.appsync.run.Limits;
import dev.polder.appsync.transform.ConflictResolution;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A project's API, to be deployed.
///
/// @param name of the API; deploying under the same name again changes the API that has it
/// @param env name of the environment, as in `Post-<apiId>-<env>`; empty if there is none
/// @param schema annotated with the directives of its generation
/// @param featureFlags of the project; see [dev.polder.appsync.transform.TransformOptions]
/// @param params of the project
/// @param apiKey the key that is to be accepted; null to make one
public record ApiDeployment(
    String name,
    String env,
    Generation generation,
    String schema,
    Map<String, Object> featureFlags,
    Map<String, String> params,
    ConflictResolution conflicts,
    AuthSettings auth,
    @Nullable String apiKey,
    Limits limits) {

  public ApiDeployment {
    featureFlags = Collections.unmodifiableMap(new LinkedHashMap<>(featureFlags));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /// An API with keys and nothing else set.
  public static ApiDeployment of(String name, String env, Generation generation, String schema) {
    return new ApiDeployment(
        name,
        env,
        generation,
        schema,
        Map.of(),
        Map.of(),
        ConflictResolution.NONE,
        AuthSettings.API_KEY,
        null,
        Limits.STANDARD);
  }
}
