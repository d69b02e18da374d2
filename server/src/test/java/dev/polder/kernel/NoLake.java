package dev.polder.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The lake of a test in which nobody may touch a file.
public final class NoLake implements Lake {
  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("The test has no lake");
  }

  @Override
  public boolean hasBucket(String bucket) {
    throw none();
  }

  @Override
  public Stream<Entry> list(String bucket, String prefix) {
    throw none();
  }

  @Override
  public List<String> folders(String bucket, String prefix) {
    throw none();
  }

  @Override
  public Path file(String bucket, String key) {
    throw none();
  }

  @Override
  public Path stage(String name) {
    throw none();
  }

  @Override
  public void publish(String bucket, Map<Path, String> files) {
    throw none();
  }
}
