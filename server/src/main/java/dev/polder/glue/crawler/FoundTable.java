package dev.polder.glue.crawler;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A table that a crawl found.
///
/// @param key of its folder below the include path, empty or ending with a slash; or of its file
/// @param keys the names of the partition keys; empty where it has none
/// @param schema without the partition keys
/// @param partitions empty where it has no keys
/// @param warnings what people should know of it
public record FoundTable(
    String key,
    Format format,
    Schema schema,
    List<String> paths,
    List<String> keys,
    List<FoundPartition> partitions,
    Totals totals,
    List<String> warnings) {

  public FoundTable {
    paths = List.copyOf(paths);
    keys = List.copyOf(keys);
    partitions = List.copyOf(partitions);
    warnings = List.copyOf(warnings);
  }

  /// A partition of a table.
  ///
  /// @param values one for each key
  public record FoundPartition(List<String> values, Folder.Summary content) {
    public FoundPartition {
      values = List.copyOf(values);
    }
  }

  /// A table of one file.
  public static FoundTable ofFile(Folder.Summary file) {
    return new FoundTable(
        file.key(),
        file.format(),
        file.schema(),
        file.paths(),
        List.of(),
        List.of(),
        file.totals(),
        List.of());
  }

  /// The parameters by which files of two formats are told apart.
  public static Map<String, String> identity(Format format) {
    Map<String, String> identity = new TreeMap<>();
    identity.put("classification", format.classification());
    identity.put("compressionType", format.compression());
    String delimiter = format.traits().get("delimiter");
    if (delimiter != null) {
      identity.put("delimiter", delimiter);
    }
    return identity;
  }
}
