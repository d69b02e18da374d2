package dev.polder.kernel;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Objects as the files that they are, for engines in the same process. What is read and written
/// here is what the S3 API sees.
public interface Lake {

  /// An object and its file.
  ///
  /// @param key the whole key
  /// @param size in bytes
  record Entry(String bucket, String key, Path file, long size, Instant lastModified) {}

  /// True if there is such a bucket.
  boolean hasBucket(String bucket);

  /// The objects whose keys begin with `prefix`, in the order of their keys (UTF-8). Walks only the
  /// folders that the prefix reaches. Must be closed.
  Stream<Entry> list(String bucket, String prefix);

  /// The names of the folders directly below `prefix` (which ends with `/` or is empty), each with
  /// a slash at its end, in order.
  List<String> folders(String bucket, String prefix);

  /// Where an object's bytes are, or would be.
  ///
  /// @throws IllegalArgumentException if the key cannot be a file below its bucket
  Path file(String bucket, String key);

  /// A new, empty directory on the same volume as the buckets and outside all of them. The caller
  /// removes it.
  Path stage(String name);

  /// Moves staged files to their keys, makes the moves durable and returns. Each move is atomic;
  /// all are repeatable: a file that has been moved already is passed over, so that a caller who
  /// wrote its intent down can call this again after a crash.
  ///
  /// @param files staged file to its key
  void publish(String bucket, Map<Path, String> files);
}
