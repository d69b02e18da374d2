package dev.polder.telemetry;

import dev.polder.kernel.trace.FinishedSpan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The spans of the last traces. Older traces are forgotten when there is too much of them, and so
/// is the rest of a trace that has too many spans.
final class RecentSpans {
  private final long mostBytes;
  private final int mostOfOne;
  private final Map<String, Trace> traces = new LinkedHashMap<>();
  private long bytes;

  private static final class Trace {
    final ByteArrayOutputStream spans = new ByteArrayOutputStream(512);
    int count;
  }

  /// @param mostBytes of all spans, but for the last trace, which is kept whatever its size
  /// @param mostOfOne spans of one trace
  RecentSpans(long mostBytes, int mostOfOne) {
    this.mostBytes = mostBytes;
    this.mostOfOne = mostOfOne;
  }

  synchronized void add(FinishedSpan span) {
    Trace trace = traces.computeIfAbsent(span.traceId(), _ -> new Trace());
    if (trace.count >= mostOfOne) {
      return;
    }
    int before = trace.spans.size();
    try {
      SpanEncoding.write(new DataOutputStream(trace.spans), span);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    trace.count++;
    bytes += trace.spans.size() - before;
    var oldest = traces.entrySet().iterator();
    while (bytes > mostBytes && traces.size() > 1) {
      bytes -= oldest.next().getValue().spans.size();
      oldest.remove();
    }
  }

  synchronized List<FinishedSpan> of(String traceId) {
    Trace trace = traces.get(traceId);
    List<FinishedSpan> spans = new ArrayList<>();
    if (trace != null) {
      var in = new DataInputStream(new ByteArrayInputStream(trace.spans.toByteArray()));
      try {
        while (spans.size() < trace.count) {
          spans.add(SpanEncoding.read(in, traceId));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return spans;
  }

  synchronized List<String> ids() {
    return List.copyOf(traces.keySet());
  }
}
