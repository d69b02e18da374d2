package dev.polder.glue.crawler;

import java.io.IOException;

/// Says what a file is.
public interface Classifier {

  /// How much of a file is looked at first, in bytes; see
  /// https://repost.aws/knowledge-center/glue-crawler-detect-schema
  int SAMPLE = 1 << 20;

  /// How many records of a file are looked at.
  int RECORDS = 1000;

  /// Looks at a file. Answers [Finding#OTHER] where it is not of this classifier's kind, and
  /// [Finding.Unrecognised] where it is and is broken.
  ///
  /// @throws IOException if the file cannot be read
  Finding classify(Source source) throws IOException;
}
