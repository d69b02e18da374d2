package dev.polder.lambda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The programs of this machine that run functions. Each is looked for when it is first needed, and
/// again while it is missing.
final class Interpreters {
  private static final long PATIENCE = 10;

  private final String path;
  private @Nullable Path node;
  private @Nullable Path python;

  /// @param path folders, as in the variable `PATH`
  Interpreters(String path) {
    this.path = path;
  }

  /// `node` on the path.
  synchronized Optional<Path> node() {
    if (node == null) {
      node = onPath("node").orElse(null);
    }
    return Optional.ofNullable(node);
  }

  /// What `python3` on the path really runs: a shim would start a shell for every function.
  synchronized Optional<Path> python() {
    if (python == null) {
      python = onPath("python3").flatMap(Interpreters::executable).orElse(null);
    }
    return Optional.ofNullable(python);
  }

  private static Optional<Path> executable(Path found) {
    try {
      Process process =
          new ProcessBuilder(found.toString(), "-c", "import sys; print(sys.executable)")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      boolean good = process.waitFor(PATIENCE, TimeUnit.SECONDS) && process.exitValue() == 0;
      return good && Files.isExecutable(Path.of(answer))
          ? Optional.of(Path.of(answer))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// A program on the path.
  Optional<Path> onPath(String name) {
    for (String folder : path.split(File.pathSeparator)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return Optional.of(file.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
