package dev.polder.amplify;

import dev.polder.appsync.api.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `amplify/backend/api/<name>`: an annotated schema and what is said about it elsewhere in the
/// project.
///
/// @param name of the folder
/// @param folder on disk
/// @param schema the whole schema; several files of `schema/` are one
/// @param generation the dialect of the directives
/// @param featureFlags by name, without their group
/// @param authConfig as `backend-config.json` has it: `defaultAuthentication` and
///   `additionalAuthenticationProviders`; empty for API keys alone
public record ApiFolder(
    String name,
    Path folder,
    String schema,
    Generation generation,
    Map<String, Object> featureFlags,
    Map<String, Object> authConfig) {

  /// Whether a folder of the category `api` holds a GraphQL API; the others are REST.
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve("schema.graphql"))
        || Files.isDirectory(folder.resolve("schema"));
  }

  static ApiFolder read(Path amplify, Path folder) {
    refuseCustomised(folder);
    refuseConflictResolution(folder);
    String name = ProjectFiles.name(folder);
    Map<String, Object> flags =
        ProjectFiles.object(
            ProjectFiles.object(ProjectFiles.optionalJson(amplify.resolve("cli.json")), "features"),
            "graphqltransformer");
    Generation generation =
        "2".equals(String.valueOf(flags.get("transformerversion"))) ? Generation.V2 : Generation.V1;
    return new ApiFolder(
        name, folder, schema(folder), generation, flags, authConfig(amplify, name));
  }

  /// Whether callers of a user pool are let in, by whatever way.
  boolean usesUserPool() {
    return ways().anyMatch(ApiFolder::isUserPool);
  }

  private static boolean isUserPool(Map<?, ?> way) {
    return "AMAZON_COGNITO_USER_POOLS".equals(way.get("authenticationType"));
  }

  private Stream<Map<?, ?>> ways() {
    List<?> additional =
        authConfig.get("additionalAuthenticationProviders") instanceof List<?> list
            ? list
            : List.of();
    return Stream.concat(
            Stream.of(ProjectFiles.object(authConfig, "defaultAuthentication")),
            additional.stream())
        .filter(Map.class::isInstance)
        .map(Map.class::cast);
  }

  /// The id of the user pool, where the project has one that is deployed; null where it names its
  /// own resource.
  @Nullable String userPool() {
    return ways()
        .filter(ApiFolder::isUserPool)
        .map(way -> way.get("userPoolConfig"))
        .filter(Map.class::isInstance)
        .map(config -> String.valueOf(((Map<?, ?>) config).get("userPoolId")))
        .filter(id -> id.matches("[a-z]{2}(-[a-z]+)+-\\d_\\w+"))
        .findFirst()
        .orElse(null);
  }

  /// The same API with this user pool for its own.
  ApiFolder withUserPool(String pool) {
    Map<String, Object> config = new LinkedHashMap<>();
    authConfig.forEach((name, value) ->
        config.put(
            name,
            switch (value) {
              case Map<?, ?> way -> bound(way, pool);
              case List<?> list ->
                  list.stream()
                      .map(way -> way instanceof Map<?, ?> map ? bound(map, pool) : way)
                      .toList();
              default -> value;
            }));
    return new ApiFolder(name, folder, schema, generation, featureFlags, config);
  }

  private static Map<?, ?> bound(Map<?, ?> way, String pool) {
    if (!isUserPool(way)) {
      return way;
    }
    Map<Object, Object> bound = new LinkedHashMap<>(way);
    bound.put("userPoolConfig", Map.of("userPoolId", pool));
    return bound;
  }

  // Clients that ask for versions would get errors field by field; better to say it once.
  private static void refuseConflictResolution(Path folder) {
    Path file = folder.resolve("transform.conf.json");
    if (!ProjectFiles.object(ProjectFiles.optionalJson(file), "ResolverConfig").isEmpty()) {
      throw new ProjectException(
          file
              + ": conflict resolution (DataStore) is not supported; the API is served without it"
              + " once ResolverConfig is removed");
    }
  }

  private static Map<String, Object> authConfig(Path amplify, String name) {
    var config = ProjectFiles.optionalJson(amplify.resolve("backend/backend-config.json"));
    var api = ProjectFiles.object(ProjectFiles.object(config, "api"), name);
    return ProjectFiles.object(ProjectFiles.object(api, "output"), "authConfig");
  }

  private static String schema(Path folder) {
    return files(folder).stream().map(ProjectFiles::text).collect(Collectors.joining("\n"));
  }

  /// The files that are the schema, in their order.
  static List<Path> files(Path folder) {
    Path one = folder.resolve("schema.graphql");
    if (Files.exists(one)) {
      return List.of(one);
    }
    List<Path> parts = new ArrayList<>(ProjectFiles.entries(folder.resolve("schema")));
    parts.removeIf(path -> !ProjectFiles.name(path).endsWith(".graphql"));
    if (parts.isEmpty()) {
      throw new ProjectException(
          "Expected a GraphQL API in " + folder + ": schema.graphql, or *.graphql in schema/");
    }
    return parts;
  }

  // What is there by hand would be lost if it were passed over.
  private static void refuseCustomised(Path folder) {
    for (String name : List.of("resolvers", "pipelineFunctions", "functions")) {
      for (Path file : ProjectFiles.entries(folder.resolve(name))) {
        // The CLI puts one there that says what the folder is for.
        if (!ProjectFiles.name(file).equals("README.md")) {
          throw new ProjectException("Resolver templates are not supported: " + file);
        }
      }
    }
    for (Path stack : ProjectFiles.entries(folder.resolve("stacks"))) {
      var resources = ProjectFiles.object(ProjectFiles.json(stack), "Resources");
      if (!resources.keySet().stream().allMatch("EmptyResource"::equals)) {
        throw new ProjectException("Resources of an API's own are not supported: " + stack);
      }
    }
  }
}
