package dev.polder.amplify;

import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.api.Generation;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// A folder with nothing but a schema and what is to be known about it, for suites that test a
/// schema at a time:
///
/// - `schema.graphql`, annotated;
/// - `config.json`, all members optional: `generation` (`v1` or `v2`), `authConfig` (as in
///   `backend-config.json`), `featureFlags`, `params` (such as `env`), `apiKey` (the key that is to
///   be accepted), `functionsDir` (a folder of functions, relative to this one).
///
/// @param functions may be missing
public record SchemaFolder(
    ApiFolder api, Map<String, String> params, String apiKey, Path functions) {

  /// Reads a folder.
  ///
  /// @throws ProjectException if the schema is missing, or the configuration is wrong
  public static SchemaFolder read(Path folder) {
    Path file = folder.resolve("config.json");
    Map<String, Object> config = ProjectFiles.optionalJson(file);
    Map<String, String> params = new LinkedHashMap<>();
    ProjectFiles.object(config, "params")
        .forEach((name, value) -> params.put(name, String.valueOf(value)));
    Generation generation =
        switch (String.valueOf(config.getOrDefault("generation", "v2"))) {
          case "v1" -> Generation.V1;
          case "v2" -> Generation.V2;
          default ->
              throw new ProjectException(
                  file
                      + ": expected generation to be v1 or v2 but was "
                      + config.get("generation"));
        };
    var api =
        new ApiFolder(
            "schema",
            folder,
            ProjectFiles.text(folder.resolve("schema.graphql")),
            generation,
            ProjectFiles.object(config, "featureFlags"),
            ProjectFiles.object(config, "authConfig"));
    Object functions = config.get("functionsDir");
    return new SchemaFolder(
        api,
        params,
        config.get("apiKey") instanceof String key ? key : "",
        folder.resolve(functions instanceof String path ? path : "functions"));
  }

  /// Serves the schema, with its functions.
  public ApiHost.Served serve(AppSyncService appSync, Clients clients, Scope scope) {
    String env = params.getOrDefault("env", "");
    var host = new AppSyncHost(appSync, scope, params, apiKey.isEmpty() ? null : apiKey);
    ApiHost.Served served = host.serve(api, env);
    if (Files.isDirectory(functions)) {
      new FunctionsFolder(
              functions,
              clients.get(LambdaClient.class, scope),
              clients.get(IamClient.class, scope),
              scope)
          .create(env, served);
    }
    return served;
  }
}
