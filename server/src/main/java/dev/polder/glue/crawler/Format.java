package dev.polder.glue.crawler;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What kind of file it is.
///
/// @param classification such as `json`, or the name that a custom classifier gives
/// @param compression of the whole file: `none`, `gzip` …
/// @param traits what else a reader must know, under the names of the table parameters that say it:
///   `delimiter`, `skip.header.line.count` …
public record Format(String classification, String compression, Map<String, String> traits) {

  public Format {
    traits = Collections.unmodifiableMap(new TreeMap<>(traits));
  }

  static Format of(String classification, String compression) {
    return new Format(classification, compression, Map.of());
  }

  /// True where files of both can be one table.
  boolean isCompatible(Format other) {
    return classification.equals(other.classification)
        && compression.equals(other.compression)
        && traits.getOrDefault("delimiter", "").equals(other.traits.getOrDefault("delimiter", ""));
  }
}
