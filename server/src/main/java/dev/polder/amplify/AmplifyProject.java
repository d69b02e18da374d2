package dev.polder.amplify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An Amplify project folder: one GraphQL API, the functions and layers beside it, and perhaps a
/// user pool. The rest of it is left out.
///
/// @param name as in `project-config.json`, or the folder's
/// @param folder the one that holds `amplify/`
/// @param functions by name
/// @param auth user pools and what belongs to them
/// @param unserved what else is in the folder, such as `storage photos`; functions that need it are
///   refused
public record AmplifyProject(
    String name,
    Path folder,
    ApiFolder api,
    List<FunctionFolder> functions,
    List<AuthFolder> auth,
    List<String> unserved) {
  private static final String PROGRAM = "amplify/backend.ts";
  private static final Set<String> CATEGORIES = Set.of("api", "auth", "function");

  // Written by the CLI beside the categories; they say nothing of their own.
  private static final Set<String> GENERATED = Set.of("awscloudformation", "types", "tags.json");

  public AmplifyProject {
    functions = List.copyOf(functions);
    auth = List.copyOf(auth);
    unserved = List.copyOf(unserved);
  }

  /// True if a folder is a project: it has an `amplify/backend` folder, or is one of the second
  /// generation of Amplify, which cannot be read.
  public static boolean isIn(Path folder) {
    return Files.isDirectory(folder.resolve("amplify/backend"))
        || Files.exists(folder.resolve(PROGRAM));
  }

  /// Reads a project.
  ///
  /// @throws ProjectException if a file is missing or malformed, or the API uses what Polder does
  ///   not have
  public static AmplifyProject read(Path folder) {
    if (Files.exists(folder.resolve(PROGRAM))) {
      throw new ProjectException(
          folder.resolve(PROGRAM)
              + ": a project of Amplify Gen 2 is a program, which Polder does not run. Its schema"
              + " can be served: write what a.schema({...}).transform().schema holds to"
              + " DIR/schema.graphql, and start polder serve-schema DIR");
    }
    Path amplify = folder.resolve("amplify");
    Path backend = amplify.resolve("backend");
    List<Path> apis =
        ProjectFiles.folders(backend.resolve("api")).stream().filter(ApiFolder::isIn).toList();
    if (apis.size() != 1) {
      throw new ProjectException(
          "Expected one GraphQL API (a folder with schema.graphql, or *.graphql in schema/) in "
              + backend.resolve("api")
              + " but found "
              + apis.size());
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
            .toList(),
        unserved(backend, apis.getFirst()));
  }

  private static String name(Path folder, Path amplify) {
    var config = ProjectFiles.optionalJson(amplify.resolve(".config/project-config.json"));
    return config.get("projectName") instanceof String name
        ? name
        : ProjectFiles.name(folder.toAbsolutePath().normalize());
  }

  private static List<String> unserved(Path backend, Path api) {
    List<String> names = new ArrayList<>();
    for (Path category : ProjectFiles.folders(backend)) {
      String name = ProjectFiles.name(category);
      boolean isServed = CATEGORIES.contains(name) && !name.equals("api");
      if (!isServed && !GENERATED.contains(name)) {
        ProjectFiles.folders(category).stream()
            .filter(each -> !each.equals(api))
            .forEach(each -> names.add(name + " " + ProjectFiles.name(each)));
      }
    }
    if (Files.exists(api.resolve("override.ts"))) {
      names.add("the overrides of api " + ProjectFiles.name(api));
    }
    return names;
  }
}
