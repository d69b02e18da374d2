package dev.polder.amplify;

import dev.polder.kernel.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a layer is made of: several folders of a project that become one.
final class LayerContent {
  private LayerContent() {}

  /// One file or folder with what is in all of them.
  ///
  /// @param parts a single one is answered as it is
  /// @param scratch where a folder can be made
  static Path one(List<Path> parts, Path scratch) throws IOException {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    Path all = Files.createDirectory(scratch.resolve("content"));
    for (Path part : parts) {
      for (Path file : Folders.files(part)) {
        Path to = all.resolve(part.relativize(file).toString());
        Files.createDirectories(to.resolve("..").normalize());
        Files.copy(file, to);
      }
    }
    return all;
  }
}
