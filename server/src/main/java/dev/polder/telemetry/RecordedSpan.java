package dev.polder.telemetry;

import dev.polder.kernel.trace.FinishedSpan;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A span of the SDK that is also kept for X-Ray once it ends.
final class RecordedSpan implements Span {
  private final OpenTelemetryTracer tracer;
  private final io.opentelemetry.api.trace.Span span;
  private final @Nullable String parentId;
  private final Kind kind;
  private final String name;
  private final Instant start;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private FinishedSpan.@Nullable Failure failure;
  private boolean ended;

  RecordedSpan(
      OpenTelemetryTracer tracer,
      io.opentelemetry.api.trace.Span span,
      @Nullable String parentId,
      Kind kind,
      String name,
      Instant start,
      Map<String, String> attributes) {
    this.tracer = tracer;
    this.span = span;
    this.parentId = parentId;
    this.kind = kind;
    this.name = name;
    this.start = start;
    attributes.forEach(this::set);
  }

  @Override
  public TraceHeader header() {
    var context = span.getSpanContext();
    return new TraceHeader(context.getTraceId(), context.getSpanId(), true);
  }

  @Override
  public Span child(Kind childKind, String childName, Map<String, String> childAttributes) {
    return tracer.begin(
        Context.root().with(span),
        span.getSpanContext().getSpanId(),
        childKind,
        childName,
        childAttributes);
  }

  @Override
  public synchronized void set(String attribute, String value) {
    attributes.put(attribute, value);
    span.setAttribute(attribute, value);
  }

  @Override
  public synchronized void failed(String type, String message, boolean caller) {
    failure = new FinishedSpan.Failure(type, message, caller);
    span.setStatus(StatusCode.ERROR, message);
    span.setAttribute("error.type", type);
  }

  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    Instant end = tracer.time().instant();
    span.end(end);
    var context = span.getSpanContext();
    tracer.add(
        new FinishedSpan(
            context.getTraceId(),
            context.getSpanId(),
            parentId,
            kind,
            name,
            start,
            end,
            attributes,
            failure));
  }
}
