package dev.polder.athena.engine;

import java.util.List;

/// The texts of a partition's values, in the order of the partition columns. [#NULL] stands for
/// null.
public record PartitionValues(List<String> texts) {
  /// Hive's text for a null partition value.
  public static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  public PartitionValues {
    texts = List.copyOf(texts);
  }
}
