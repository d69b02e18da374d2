package dev.polder.glue;

import dev.polder.kernel.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// A lake whose buckets are the directories of a directory. Counts what is asked of it.
final class DirectoryLake implements Lake {
  private final Path root;
  final AtomicLong files = new AtomicLong();
  final AtomicLong listings = new AtomicLong();

  DirectoryLake(Path root) {
    this.root = root;
  }

  void put(String bucketAndKey, byte[] bytes) {
    try {
      Path file = root.resolve(bucketAndKey);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasBucket(String bucket) {
    return Files.isDirectory(root.resolve(bucket));
  }

  @Override
  public Stream<Entry> list(String bucket, String prefix) {
    Path top = root.resolve(bucket);
    Path from = top.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(from)) {
      return Stream.empty();
    }
    try {
      return Files.walk(from)
          .filter(Files::isRegularFile)
          .map(file -> entry(bucket, top, file))
          .filter(entry -> entry.key().startsWith(prefix))
          .sorted(Comparator.comparing(Entry::key))
          .peek(_ -> files.incrementAndGet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(String bucket, Path top, Path file) {
    try {
      String key = top.relativize(file).toString();
      return new Entry(
          bucket, key, file, Files.size(file), Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> folders(String bucket, String prefix) {
    listings.incrementAndGet();
    Path folder = root.resolve(bucket).resolve(prefix);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName() + "/")
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path file(String bucket, String key) {
    return root.resolve(bucket).resolve(key);
  }

  @Override
  public Path stage(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void publish(String bucket, Map<Path, String> files) {
    throw new UnsupportedOperationException();
  }
}
