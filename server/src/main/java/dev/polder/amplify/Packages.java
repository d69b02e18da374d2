package dev.polder.amplify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The packages that a function says it needs and has not: the CLI installs them as it pushes, and
/// they are in no repository.
final class Packages {
  // The runtimes bring the SDKs.
  private static final Set<String> PROVIDED = Set.of("aws-sdk", "boto3", "botocore");
  private static final String SCOPE = "@aws-sdk/";

  // The function itself, in the file that the CLI makes.
  private static final String OWN = "src";

  private Packages() {}

  /// What to do before the function can run; empty for nothing.
  static Optional<String> hint(FunctionFolder function) {
    return function.code().stream()
        .filter(Files::isDirectory)
        .flatMap(code -> hint(function.name(), code).stream())
        .findFirst();
  }

  private static Optional<String> hint(String function, Path code) {
    Path modules = code.endsWith("lib") ? code.resolve("nodejs") : code;
    List<String> node = missingNode(modules);
    if (!node.isEmpty()) {
      return Optional.of(text(function, node, "npm install in " + modules));
    }
    List<String> python = missingPython(code);
    return python.isEmpty()
        ? Optional.empty()
        : Optional.of(
            text(
                function,
                python,
                "python3 -m pip install --target " + code + " " + String.join(" ", python)));
  }

  private static String text(String function, List<String> missing, String command) {
    return "The function " + function + " needs " + String.join(", ", missing) + ": run " + command;
  }

  private static List<String> missingNode(Path folder) {
    List<String> missing = new ArrayList<>();
    var manifest = ProjectFiles.optionalJson(folder.resolve("package.json"));
    for (String name : ProjectFiles.object(manifest, "dependencies").keySet()) {
      boolean isProvided = PROVIDED.contains(name) || name.startsWith(SCOPE);
      if (!isProvided && !Files.isDirectory(folder.resolve("node_modules").resolve(name))) {
        missing.add(name);
      }
    }
    return missing;
  }

  private static List<String> missingPython(Path source) {
    Path manifest = source.resolveSibling("Pipfile");
    if (!Files.exists(manifest)) {
      return List.of();
    }
    Set<String> there =
        ProjectFiles.folders(source).stream()
            .map(ProjectFiles::name)
            .filter(name -> name.endsWith(".dist-info"))
            .map(name -> normal(name.substring(0, name.indexOf('-'))))
            .collect(Collectors.toSet());
    return packages(ProjectFiles.text(manifest))
        .filter(name -> !name.equals(OWN) && !PROVIDED.contains(name))
        .filter(name -> !there.contains(normal(name)))
        .toList();
  }

  /// The keys of the table `packages`.
  private static Stream<String> packages(String toml) {
    return toml.lines()
        .map(String::strip)
        .dropWhile(line -> !line.equals("[packages]"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("["))
        .filter(line -> line.contains("=") && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('=')).strip().replace("\"", ""));
  }

  // https://packaging.python.org/en/latest/specifications/name-normalization/
  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }
}
