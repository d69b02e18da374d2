package dev.polder.glue.crawler;

import java.io.IOException;

/// The bytes of one file, as far as a classifier asks for them.
public interface Source {

  /// The beginning of a file.
  ///
  /// @param bytes at most as many as asked for
  /// @param whole true where they are the whole file
  record Head(byte[] bytes, boolean whole) {}

  /// The size in bytes, as it is stored.
  long size();

  /// How the file is compressed as a whole: `none`, `gzip`, `zstd`, `bzip2`, `snappy`, `zip`.
  String compression();

  /// The first bytes of what is in the file, uncompressed.
  ///
  /// @throws IOException if the file cannot be read or uncompressed
  Head head(int most) throws IOException;

  /// The last bytes of the file as it is stored.
  ///
  /// @throws IOException if the file cannot be read
  byte[] tail(int most) throws IOException;
}
