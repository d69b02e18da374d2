package dev.polder.amplify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `amplify/backend/function/<name>`: source, CloudFormation template and parameters.
///
/// @param name of the folder
/// @param template as written
/// @param templateFile where it is
/// @param parameters as in `parameters.json`: values, or `Fn::GetAtt` of another part of the
///   project
/// @param code what is deployed: a zip, a jar, or a folder
public record FunctionFolder(
    String name,
    Map<String, Object> template,
    Path templateFile,
    Map<String, Object> parameters,
    Path code) {

  static FunctionFolder read(Path folder) {
    String name = ProjectFiles.name(folder);
    Path template = folder.resolve(name + "-cloudformation-template.json");
    if (!Files.exists(template)) {
      throw new ProjectException("Expected the function's template " + template);
    }
    return new FunctionFolder(
        name,
        ProjectFiles.json(template),
        template,
        ProjectFiles.optionalJson(folder.resolve("parameters.json")),
        code(folder));
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
              .max(java.util.Comparator.comparingLong(path -> path.toFile().length()));
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
