package dev.polder.dynamodb;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// The stream of a table's changes, as the table knows it.
///
/// @param label the time at which it was made, by which it is told from the table's other streams
/// @param open false once it was switched off
record TableStream(String label, StreamView view, boolean open) {
  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  static TableStream begin(StreamView view, Instant now) {
    return new TableStream(LABEL.format(now.truncatedTo(ChronoUnit.MILLIS)), view, true);
  }

  TableStream closed() {
    return new TableStream(label, view, false);
  }

  /// The stream's ARN.
  String arn(Table table) {
    return table.arn() + "/stream/" + label;
  }
}
