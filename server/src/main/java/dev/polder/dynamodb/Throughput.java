package dev.polder.dynamodb;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Provisioned capacity, which is recorded and described but not enforced.
///
/// @param read units a second; 0 on demand
/// @param write units a second; 0 on demand
/// @param increased when it was last raised
/// @param decreased when it was last lowered
record Throughput(long read, long write, @Nullable Instant increased, @Nullable Instant decreased) {

  /// That of a table that is billed by request.
  static final Throughput ON_DEMAND = new Throughput(0, 0, null, null);

  static Throughput of(long read, long write) {
    return new Throughput(read, write, null, null);
  }

  /// This, changed.
  Throughput changed(long toRead, long toWrite, Instant now) {
    boolean raised = toRead > read || toWrite > write;
    boolean lowered = toRead < read || toWrite < write;
    return new Throughput(toRead, toWrite, raised ? now : increased, lowered ? now : decreased);
  }
}
