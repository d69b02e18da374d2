package dev.polder.telemetry;

import dev.polder.kernel.trace.FinishedSpan;
import dev.polder.kernel.trace.Span;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Spans as bytes. A busy server remembers thousands of spans a second for a while; as objects, a
/// dozen for each, they would be most of what its collector copies.
final class SpanEncoding {
  private static final Span.Kind[] KINDS = Span.Kind.values();
  private static final int ABSENT = -1;

  private SpanEncoding() {}

  /// Everything but the trace's id.
  static void write(DataOutputStream out, FinishedSpan span) throws IOException {
    text(out, span.id());
    text(out, span.parentId());
    out.writeByte(span.kind().ordinal());
    text(out, span.name());
    time(out, span.start());
    time(out, span.end());
    out.writeInt(span.attributes().size());
    for (var attribute : span.attributes().entrySet()) {
      text(out, attribute.getKey());
      text(out, attribute.getValue());
    }
    FinishedSpan.Failure failure = span.failure();
    out.writeBoolean(failure != null);
    if (failure != null) {
      text(out, failure.type());
      text(out, failure.message());
      out.writeBoolean(failure.caller());
    }
  }

  static FinishedSpan read(DataInputStream in, String traceId) throws IOException {
    String id = required(in);
    String parentId = text(in);
    Span.Kind kind = KINDS[in.readByte()];
    String name = required(in);
    Instant start = time(in);
    Instant end = time(in);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      attributes.put(required(in), required(in));
    }
    FinishedSpan.Failure failure =
        in.readBoolean()
            ? new FinishedSpan.Failure(required(in), required(in), in.readBoolean())
            : null;
    return new FinishedSpan(traceId, id, parentId, kind, name, start, end, attributes, failure);
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(ABSENT);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == ABSENT ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String required(DataInputStream in) throws IOException {
    String text = text(in);
    if (text == null) {
      throw new IOException("A span lacks a text");
    }
    return text;
  }

  private static void time(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private static Instant time(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
