package dev.polder.athena.engine;

import java.nio.file.Path;
import java.util.List;

/// The files that one scan of a table reads, after pruning.
///
/// @param files in the order of their partitions
/// @param partitions the values of the partition columns, one list a partition; a table without
///   partition columns has one empty list
public record ScanInput(Format format, List<SourceFile> files, List<PartitionValues> partitions) {

  /// A file and the index of its partition.
  ///
  /// @param uri what a message calls it
  public record SourceFile(Path path, String uri, long size, int partition) {}

  public ScanInput {
    files = List.copyOf(files);
    partitions = List.copyOf(partitions);
  }

  /// The sum of the files' sizes.
  public long bytes() {
    return files.stream().mapToLong(SourceFile::size).sum();
  }
}
