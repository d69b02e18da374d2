package dev.polder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/// Recorded cases that are kept beside the project and not in it. Tests that need them are skipped,
/// with a message, where they are absent, and always in continuous integration.
public final class SharedCases {
  private SharedCases() {}

  /// The file or folder `conformance/<name>`, or a skipped test.
  public static Path conformance(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("shared/conformance"))) {
      root = root.getParent();
    }
    boolean ci = "true".equals(System.getenv("CI"));
    Path found = root == null || ci ? null : root.resolve("shared/conformance").resolve(name);
    Assumptions.assumeTrue(
        found != null && Files.exists(found),
        () -> "skipped: the recorded cases conformance/" + name + " are not on this machine");
    return Objects.requireNonNull(found);
  }
}
