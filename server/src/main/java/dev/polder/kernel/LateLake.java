package dev.polder.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A lake for parts that are constructed before the service that holds it.
public final class LateLake implements Lake {
  private volatile @Nullable Lake lake;

  /// Names the lake, once, before anybody uses it.
  public void set(Lake given) {
    this.lake = given;
  }

  private Lake lake() {
    return Objects.requireNonNull(lake, "there is no lake yet");
  }

  @Override
  public boolean hasBucket(String bucket) {
    return lake().hasBucket(bucket);
  }

  @Override
  public Stream<Entry> list(String bucket, String prefix) {
    return lake().list(bucket, prefix);
  }

  @Override
  public List<String> folders(String bucket, String prefix) {
    return lake().folders(bucket, prefix);
  }

  @Override
  public Path file(String bucket, String key) {
    return lake().file(bucket, key);
  }

  @Override
  public Path stage(String name) {
    return lake().stage(name);
  }

  @Override
  public void publish(String bucket, Map<Path, String> files) {
    lake().publish(bucket, files);
  }
}
