package dev.polder.logs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// One event of a stream. Times are milliseconds since the epoch.
///
/// @param order tells events of one time apart, and rises with them
record LogEvent(String stream, long time, long order, long ingested, String message) {

  /// What the service counts for an event besides its message
  /// (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html).
  static final int OVERHEAD = 26;

  /// The event's id: 56 digits.
  String id() {
    return String.format(Locale.ROOT, "%028d%028d", time, order);
  }

  byte[] written() {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length).putLong(ingested).put(text).array();
  }

  static LogEvent read(String stream, long time, long order, byte[] stored) {
    long ingested = ByteBuffer.wrap(stored).getLong();
    String message = new String(stored, 8, stored.length - 8, StandardCharsets.UTF_8);
    return new LogEvent(stream, time, order, ingested, message);
  }

  /// How many bytes a message counts for.
  static int size(String message) {
    return message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
  }

  /// Whether two times are in one day's width.
  static boolean withinADay(long[] times) {
    return times.length == 0
        || Arrays.stream(times).max().orElse(0) - Arrays.stream(times).min().orElse(0)
            <= 86_400_000;
  }
}
