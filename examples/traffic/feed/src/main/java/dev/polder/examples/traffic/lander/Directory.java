package dev.polder.examples.traffic.lander;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A directory; keys are paths in it.
public final class Directory implements ObjectSink {
  private final Path root;

  public Directory(Path root) {
    this.root = root;
  }

  @Override
  public void put(String key, Path file) throws IOException {
    Path target = root.resolve(key).normalize();
    if (!target.startsWith(root.normalize())) {
      throw new IOException("Expected a key inside the directory but was " + key);
    }
    Files.createDirectories(target.getParent());
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
