package dev.polder.examples.traffic.lander;

import java.io.IOException;
import java.nio.file.Path;

/// Where landed objects go: a bucket, or a directory.
public interface ObjectSink {
  /// Stores a file under a key, replacing what was there.
  ///
  /// @throws IOException if the object is not stored
  void put(String key, Path file) throws IOException;
}
