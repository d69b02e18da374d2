package dev.polder.examples.blog.demo;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/// Trace headers of a client that wants to find its requests again:
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
final class TraceIds {
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;

  TraceIds(InstantSource clock) {
    this.clock = clock;
  }

  /// The header of a new trace.
  String next() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return "Root=1-%08x-%s;Sampled=1"
        .formatted(clock.instant().getEpochSecond(), HexFormat.of().formatHex(bytes));
  }

  /// The trace's id in such a header.
  static String id(String header) {
    return header.substring("Root=".length(), header.indexOf(';'));
  }
}
