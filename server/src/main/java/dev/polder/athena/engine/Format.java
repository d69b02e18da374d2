package dev.polder.athena.engine;

import org.jspecify.annotations.Nullable;

/// How the files of a table hold its rows.
public sealed interface Format {

  /// Apache Parquet; columns are found by name, without regard to case.
  record Parquet() implements Format {}

  /// One JSON object a line.
  ///
  /// @param lenient true if a line that is not JSON is a row of nulls
  record JsonLines(boolean lenient) implements Format {}

  /// Lines cut at a delimiter, without quotes, as Hive's LazySimpleSerDe reads them.
  ///
  /// @param skip lines at the head of each file that are no rows
  /// @param nullText what stands for null, `\N` unless set
  record Delimited(String delimiter, @Nullable String escape, int skip, String nullText)
      implements Format {}

  /// Fields that may be quoted, as OpenCSVSerde reads them.
  ///
  /// @param skip lines at the head of each file that are no rows
  record Quoted(String separator, String quote, String escape, int skip) implements Format {}
}
