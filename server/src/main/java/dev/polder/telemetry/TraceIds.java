package dev.polder.telemetry;

import dev.polder.kernel.Ids;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.InstantSource;

/// Identifiers that X-Ray takes too: a trace's begins with the seconds of the epoch.
final class TraceIds implements IdGenerator {
  /// The trace that a new root span is to belong to, where the caller names one but no parent.
  static final ScopedValue<String> WANTED = ScopedValue.newInstance();

  private final Ids ids;
  private final InstantSource time;

  TraceIds(Ids ids, InstantSource time) {
    this.ids = ids;
    this.time = time;
  }

  @Override
  public String generateSpanId() {
    return digits().substring(0, 16);
  }

  @Override
  public String generateTraceId() {
    return WANTED.isBound()
        ? WANTED.get()
        : "%08x".formatted(time.instant().getEpochSecond()) + digits().substring(0, 24);
  }

  // A UUID has fixed bits in the middle; its two ends have none.
  private String digits() {
    String uuid = ids.uuid().replace("-", "");
    return uuid.substring(20) + uuid.substring(0, 12) + uuid.substring(12, 20);
  }
}
