package dev.polder.amplify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The packages that a function of Node.js says it needs, and has or has not: the CLI installs them
/// as it pushes, and they are in no repository.
final class NodeModules {
  private NodeModules() {}

  /// What to do before the function can run; empty for nothing.
  static Optional<String> hint(FunctionFolder function) {
    return function.code().stream()
        .flatMap(code -> code.endsWith("lib") ? Stream.of(code.resolve("nodejs")) : Stream.of(code))
        .filter(code -> !missing(code).isEmpty())
        .findFirst()
        .map(code ->
            "The function "
                + function.name()
                + " needs "
                + String.join(", ", missing(code))
                + ": run npm install in "
                + code);
  }

  private static List<String> missing(Path folder) {
    List<String> missing = new ArrayList<>();
    var manifest = ProjectFiles.optionalJson(folder.resolve("package.json"));
    for (String name : ProjectFiles.object(manifest, "dependencies").keySet()) {
      // The runtime brings the SDKs.
      boolean isProvided = name.equals("aws-sdk") || name.startsWith("@aws-sdk/");
      if (!isProvided && !Files.isDirectory(folder.resolve("node_modules").resolve(name))) {
        missing.add(name);
      }
    }
    return missing;
  }
}
