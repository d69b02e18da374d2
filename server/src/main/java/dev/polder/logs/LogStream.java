package dev.polder.logs;

import java.nio.ByteBuffer;

/// A stream of events in a group. Times are milliseconds since the epoch, 0 for never.
///
/// @param first the time of the earliest event
/// @param last the time of the latest event
/// @param ingested when events came last
record LogStream(String name, long created, long first, long last, long ingested, long bytes) {

  /// The stream after more events.
  LogStream with(long from, long to, long now, long more) {
    return new LogStream(
        name,
        created,
        first == 0 ? from : Math.min(first, from),
        Math.max(last, to),
        now,
        bytes + more);
  }

  byte[] written() {
    return ByteBuffer.allocate(40)
        .putLong(created)
        .putLong(first)
        .putLong(last)
        .putLong(ingested)
        .putLong(bytes)
        .array();
  }

  static LogStream read(String name, byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new LogStream(
        name, in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
