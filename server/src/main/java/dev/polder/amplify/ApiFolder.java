package dev.polder.amplify;

import dev.polder.appsync.api.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  static ApiFolder read(Path amplify, Path folder) {
    refuseCustomised(folder);
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
      List<Path> files = ProjectFiles.entries(folder.resolve(name));
      if (!files.isEmpty()) {
        throw new ProjectException("Resolver templates are not supported: " + files.getFirst());
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
