package dev.polder.lambda;

import dev.polder.lambda.runtime.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The runtimes that functions can have here. Java's all run on the server's own Java, the others
/// on the `node` or `python3` of the machine, whichever version they name.
final class Runtimes {
  private static final List<String> SUPPORTED =
      List.of(
          "java8.al2",
          "java11",
          "java17",
          "java21",
          "java25",
          "nodejs12.x",
          "nodejs14.x",
          "nodejs16.x",
          "nodejs18.x",
          "nodejs20.x",
          "nodejs22.x",
          "nodejs24.x",
          "provided.al2",
          "provided.al2023",
          "python3.8",
          "python3.9",
          "python3.10",
          "python3.11",
          "python3.12",
          "python3.13",
          "python3.14");

  private Runtimes() {}

  /// Refuses a runtime of AWS that is not one of ours as AWS refuses one that is not one of theirs.
  static void check(String runtime) {
    if (!SUPPORTED.contains(runtime)) {
      throw LambdaErrors.runtime(runtime, SUPPORTED);
    }
  }

  /// How functions of a runtime are run.
  static Language language(String runtime) {
    if (runtime.startsWith("nodejs")) {
      return Language.NODE;
    }
    if (runtime.startsWith("python")) {
      return Language.PYTHON;
    }
    return runtime.startsWith("provided") ? Language.PROVIDED : Language.JAVA;
  }

  /// The folder with the AWS SDK that a Node.js runtime provides: version 2 up to nodejs16.x, then
  /// version 3. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
  ///
  /// @param modules what `polder runtimes install` fills
  static Path sdk(Path modules, String runtime) {
    int version = Integer.parseInt(runtime.substring("nodejs".length(), runtime.indexOf('.')));
    return modules.resolve(version < 18 ? "nodejs-sdk-2" : "nodejs-sdk-3").resolve("node_modules");
  }

  /// What a runtime of this language adds to a function's environment, which the user may change.
  ///
  /// @param modules what `polder runtimes install` fills
  /// @param layers their folders; of two that have the same, the later counts
  static Map<String, String> variables(String runtime, Path modules, List<Path> layers) {
    String path = System.getenv("PATH");
    String programs = path == null ? "/usr/local/bin:/usr/bin:/bin" : path;
    List<String> found = new ArrayList<>();
    for (Path layer : layers.reversed()) {
      programs += ":" + layer.resolve("bin");
    }
    return switch (language(runtime)) {
      case JAVA -> Map.of();
      case PROVIDED -> Map.of("PATH", programs);
      case NODE -> {
        String major = "node" + runtime.substring("nodejs".length(), runtime.indexOf('.'));
        for (Path layer : layers.reversed()) {
          found.add(layer.resolve("nodejs").resolve(major).resolve("node_modules").toString());
          found.add(layer.resolve("nodejs").resolve("node_modules").toString());
        }
        found.add(sdk(modules, runtime).toString());
        yield Map.of("PATH", programs, "NODE_PATH", String.join(":", found));
      }
      case PYTHON -> {
        for (Path layer : layers.reversed()) {
          found.add(layer.resolve("python").toString());
          found.add(
              layer.resolve("python/lib").resolve(runtime).resolve("site-packages").toString());
        }
        yield found.isEmpty()
            ? Map.of("PATH", programs)
            : Map.of("PATH", programs, "PYTHONPATH", String.join(":", found));
      }
    };
  }
}
