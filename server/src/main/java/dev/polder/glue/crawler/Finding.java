package dev.polder.glue.crawler;

import java.util.List;

/// What a classifier says of a file.
public sealed interface Finding {

  /// The file is of a known kind.
  ///
  /// @param records as many as were counted or, in a sample, estimated for the whole file
  /// @param recordSize the average in bytes; 0 where there are no records
  /// @param paths the top-level names of JSON records as they are in the file
  /// @param warnings what was passed over in the file
  record Recognised(
      Format format,
      Schema schema,
      long records,
      long recordSize,
      List<String> paths,
      List<String> warnings)
      implements Finding {
    public Recognised {
      paths = List.copyOf(paths);
      warnings = List.copyOf(warnings);
    }
  }

  /// The file is nothing that can be a table.
  ///
  /// @param reason for people, such as `the Parquet footer is cut short`
  record Unrecognised(String reason) implements Finding {}

  /// Not this classifier's kind: the next one is asked.
  record Other() implements Finding {}

  Finding OTHER = new Other();
}
