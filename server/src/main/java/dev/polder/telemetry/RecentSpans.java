package dev.polder.telemetry;

import dev.polder.kernel.trace.FinishedSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The spans of the last traces. Older traces are forgotten when there are too many spans, and so
/// is the rest of a trace that has too many.
final class RecentSpans {
  private final int most;
  private final int mostOfOne;
  private final Map<String, List<FinishedSpan>> traces = new LinkedHashMap<>();
  private int count;

  /// @param most spans in all
  /// @param mostOfOne spans of one trace
  RecentSpans(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  synchronized void add(FinishedSpan span) {
    List<FinishedSpan> trace = traces.computeIfAbsent(span.traceId(), _ -> new ArrayList<>());
    if (trace.size() >= mostOfOne) {
      return;
    }
    trace.add(span);
    count++;
    var oldest = traces.entrySet().iterator();
    while (count > most && traces.size() > 1) {
      count -= oldest.next().getValue().size();
      oldest.remove();
    }
  }

  synchronized List<FinishedSpan> of(String traceId) {
    return List.copyOf(traces.getOrDefault(traceId, List.of()));
  }

  synchronized List<String> ids() {
    return List.copyOf(traces.keySet());
  }
}
