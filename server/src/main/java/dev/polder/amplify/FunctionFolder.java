package dev.polder.amplify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `amplify/backend/function/<name>`: source, CloudFormation template and parameters of a function
/// or a layer.
///
/// @param name of the folder
/// @param template as written
/// @param templateFile where it is
/// @param parameters as in `parameters.json`: values, or `Fn::GetAtt` of another part of the
///   project. What `backend-config.json` says that the function depends on is among them, under the
///   names that the CLI gives it, such as `apiblogGraphQLAPIIdOutput`
/// @param environments more parameters by environment, from `team-provider-info.json`
/// @param code what is deployed: a zip, a jar, or a folder; of a layer the folders that become one
public record FunctionFolder(
    String name,
    Map<String, Object> template,
    Path templateFile,
    Map<String, Object> parameters,
    Map<String, Map<String, Object>> environments,
    List<Path> code) {
  private static final String TEMPLATE = "-cloudformation-template.json";
  private static final String LAYER_TEMPLATE = "-awscloudformation-template.json";

  public FunctionFolder {
    code = List.copyOf(code);
  }

  static FunctionFolder read(Path backend, Path folder) {
    String name = ProjectFiles.name(folder);
    Path template = folder.resolve(name + TEMPLATE);
    boolean isLayer =
        !Files.exists(template) && Files.exists(folder.resolve(name + LAYER_TEMPLATE));
    if (isLayer) {
      template = folder.resolve(name + LAYER_TEMPLATE);
    } else if (!Files.exists(template)) {
      throw new ProjectException("Expected the function's template " + template);
    }
    Map<String, Object> parameters = new LinkedHashMap<>(depended(backend, name));
    parameters.putAll(ProjectFiles.optionalJson(folder.resolve("parameters.json")));
    Map<String, Object> written = ProjectFiles.json(template);
    parameters
        .entrySet()
        .removeIf(each ->
            Reference.of(each.getValue()).isPresent()
                && !ProjectFiles.object(written, "Parameters").containsKey(each.getKey()));
    return new FunctionFolder(
        name,
        CustomPolicies.added(written, folder.resolve("custom-policies.json")),
        template,
        parameters,
        environments(backend, name),
        isLayer ? layer(folder) : List.of(code(folder)));
  }

  private static Map<String, Map<String, Object>> environments(Path backend, String name) {
    var all = ProjectFiles.optionalJson(backend.resolveSibling("team-provider-info.json"));
    Map<String, Map<String, Object>> environments = new LinkedHashMap<>();
    for (String env : all.keySet()) {
      var categories = ProjectFiles.object(ProjectFiles.object(all, env), "categories");
      environments.put(env, ProjectFiles.object(ProjectFiles.object(categories, "function"), name));
    }
    return environments;
  }

  // Folders in lib are named for runtimes, such as nodejs; what is in opt is put as it is.
  private static List<Path> layer(Path folder) {
    List<Path> parts =
        Stream.of("lib", "opt").map(folder::resolve).filter(Files::isDirectory).toList();
    if (parts.isEmpty()) {
      throw new ProjectException("Expected the layer's content in lib or opt of " + folder);
    }
    return parts;
  }

  private static Map<String, Object> depended(Path backend, String name) {
    var config = ProjectFiles.optionalJson(backend.resolve("backend-config.json"));
    var function = ProjectFiles.object(ProjectFiles.object(config, "function"), name);
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (function.get("dependsOn") instanceof List<?> parts) {
      for (Object each : parts) {
        if (each instanceof Map<?, ?> part && part.get("attributes") instanceof List<?> outputs) {
          String of = String.valueOf(part.get("category")) + part.get("resourceName");
          outputs.forEach(output ->
              parameters.put(of + output, Map.of("Fn::GetAtt", List.of(of, "Outputs." + output))));
        }
      }
    }
    return parameters;
  }

  /// What of other parts of the project it needs.
  Stream<Reference> references() {
    return parameters.values().stream().map(Reference::of).flatMap(Optional::stream);
  }

  /// What a build left, or else the source as it is, which for JavaScript and Python is the code.
  private static Path code(Path folder) {
    Path packed = folder.resolve("dist/latest-build.zip");
    if (Files.exists(packed)) {
      return packed;
    }
    for (String built : List.of("target", "build/libs")) {
      Optional<Path> jar =
          ProjectFiles.entries(folder.resolve(built)).stream()
              .filter(path -> ProjectFiles.name(path).endsWith(".jar"))
              .filter(path -> !ProjectFiles.name(path).startsWith("original-"))
              .filter(path -> !ProjectFiles.name(path).matches(".*-(sources|javadoc|tests)\\.jar"))
              .max(Comparator.comparingLong(path -> path.toFile().length()));
      if (jar.isPresent()) {
        return jar.get();
      }
    }
    Path source = folder.resolve("src");
    if (!Files.isDirectory(source)) {
      throw new ProjectException("Expected the function's code in " + source);
    }
    if (Files.isDirectory(source.resolve("main/java"))) {
      throw new ProjectException(
          "Build the function first: there is no jar in " + folder.resolve("target"));
    }
    return source;
  }
}
