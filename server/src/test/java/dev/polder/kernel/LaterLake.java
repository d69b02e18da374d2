package dev.polder.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A lake that is known only once it is used.
record LaterLake(Supplier<Lake> lake) implements Lake {
  @Override
  public boolean hasBucket(String bucket) {
    return lake.get().hasBucket(bucket);
  }

  @Override
  public Stream<Entry> list(String bucket, String prefix) {
    return lake.get().list(bucket, prefix);
  }

  @Override
  public List<String> folders(String bucket, String prefix) {
    return lake.get().folders(bucket, prefix);
  }

  @Override
  public Path file(String bucket, String key) {
    return lake.get().file(bucket, key);
  }

  @Override
  public Path stage(String name) {
    return lake.get().stage(name);
  }

  @Override
  public void publish(String bucket, Map<Path, String> files) {
    lake.get().publish(bucket, files);
  }
}
