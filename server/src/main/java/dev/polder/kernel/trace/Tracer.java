package dev.polder.kernel.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Begins traces and remembers the last of them.
public interface Tracer {
  /// Records nothing.
  Tracer NONE =
      new Tracer() {
        @Override
        public Span begin(
            @Nullable TraceHeader from,
            Span.Kind kind,
            String name,
            Map<String, String> attributes) {
          return Span.NONE;
        }

        @Override
        public List<FinishedSpan> spans(String traceId) {
          return List.of();
        }

        @Override
        public List<String> traces() {
          return List.of();
        }

        @Override
        public void add(FinishedSpan span) {}
      };

  /// Begins a span below the one that a header names, or the first of a new trace.
  ///
  /// @param from null for a new trace
  Span begin(
      @Nullable TraceHeader from, Span.Kind kind, String name, Map<String, String> attributes);

  /// Begins a span below the current one, or the first of a new trace where there is none.
  default Span begin(Span.Kind kind, String name, Map<String, String> attributes) {
    Optional<Span> current = Span.current();
    return current.isPresent()
        ? current.get().child(kind, name, attributes)
        : begin(null, kind, name, attributes);
  }

  /// The spans of a trace that have ended and are still remembered, in the order of their ends.
  ///
  /// @param traceId 32 hexadecimal digits
  List<FinishedSpan> spans(String traceId);

  /// The traces that are still remembered, the oldest first.
  List<String> traces();

  /// Remembers a span that was recorded elsewhere.
  void add(FinishedSpan span);
}
