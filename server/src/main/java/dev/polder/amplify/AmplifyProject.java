package dev.polder.amplify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// An Amplify project folder: one GraphQL API, the functions beside it, and perhaps a user pool.
///
/// @param name as in `project-config.json`, or the folder's
/// @param folder the one that holds `amplify/`
/// @param functions by name
/// @param auth user pools and what belongs to them
public record AmplifyProject(
    String name,
    Path folder,
    ApiFolder api,
    List<FunctionFolder> functions,
    List<AuthFolder> auth) {
  private static final Set<String> CATEGORIES = Set.of("api", "auth", "function");

  // Written by the CLI beside the categories; they say nothing of their own.
  private static final Set<String> GENERATED = Set.of("awscloudformation", "types", "tags.json");

  public AmplifyProject {
    functions = List.copyOf(functions);
    auth = List.copyOf(auth);
  }

  /// True if a folder is a project: it has an `amplify/backend` folder.
  public static boolean isIn(Path folder) {
    return Files.isDirectory(folder.resolve("amplify/backend"));
  }

  /// Reads a project.
  ///
  /// @throws ProjectException if a file is missing or malformed, or the project uses what Polder
  ///   does not have
  public static AmplifyProject read(Path folder) {
    Path amplify = folder.resolve("amplify");
    Path backend = amplify.resolve("backend");
    refuseOtherCategories(backend);
    List<Path> apis = ProjectFiles.folders(backend.resolve("api"));
    if (apis.size() != 1) {
      throw new ProjectException(
          "Expected one API in " + backend.resolve("api") + " but found " + apis.size());
    }
    return new AmplifyProject(
        name(folder, amplify),
        folder,
        ApiFolder.read(amplify, apis.getFirst()),
        ProjectFiles.folders(backend.resolve("function")).stream()
            .map(each -> FunctionFolder.read(backend, each))
            .toList(),
        ProjectFiles.folders(backend.resolve("auth")).stream()
            .map(each -> AuthFolder.read(amplify, each))
            .toList());
  }

  private static String name(Path folder, Path amplify) {
    var config = ProjectFiles.optionalJson(amplify.resolve(".config/project-config.json"));
    return config.get("projectName") instanceof String name
        ? name
        : ProjectFiles.name(folder.toAbsolutePath().normalize());
  }

  private static void refuseOtherCategories(Path backend) {
    for (Path category : ProjectFiles.entries(backend)) {
      String name = ProjectFiles.name(category);
      if (Files.isDirectory(category)
          && !CATEGORIES.contains(name)
          && !GENERATED.contains(name)
          && !ProjectFiles.folders(category).isEmpty()) {
        throw new ProjectException(
            "Expected only the categories api, auth and function, but the project has "
                + name
                + " ("
                + category
                + ")");
      }
    }
  }
}
