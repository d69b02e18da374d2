package dev.polder.amplify;

import dev.polder.appsync.ApiDeployment;
import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.DeployedApi;
import dev.polder.appsync.run.Limits;
import dev.polder.appsync.transform.ConflictResolution;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The AppSync of this process as the place where a project's API is served.
public final class AppSyncHost implements ApiHost {
  private final AppSyncService appSync;
  private final Scope scope;
  private final Map<String, String> params;
  private final @Nullable String apiKey;

  /// @param params of the project, beside `env`
  /// @param apiKey the key that is to be accepted; null to make one
  public AppSyncHost(
      AppSyncService appSync, Scope scope, Map<String, String> params, @Nullable String apiKey) {
    this.appSync = appSync;
    this.scope = scope;
    this.params = Map.copyOf(params);
    this.apiKey = apiKey;
  }

  @Override
  public String account() {
    return scope.account();
  }

  @Override
  public Served serve(ApiFolder api, String env) {
    Map<String, String> all = new LinkedHashMap<>(params);
    all.put("env", env);
    DeployedApi deployed = deployed(api, env, all);
    return new Served(
        deployed.apiId(),
        deployed.endpoint(),
        Optional.ofNullable(deployed.apiKey()),
        deployed.tables(),
        deployed.streams());
  }

  private DeployedApi deployed(ApiFolder api, String env, Map<String, String> all) {
    var deployment =
        new ApiDeployment(
            api.name(),
            env,
            api.generation(),
            api.schema(),
            api.featureFlags(),
            all,
            ConflictResolution.NONE,
            AuthConfig.settings(api.authConfig(), scope, env),
            apiKey,
            Limits.STANDARD);
    try {
      return appSync.deploy(scope, deployment);
    } catch (SchemaException e) {
      throw new ProjectException(SchemaReport.of(api, e), e);
    }
  }
}
