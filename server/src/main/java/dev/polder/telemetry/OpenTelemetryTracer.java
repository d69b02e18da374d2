package dev.polder.telemetry;

import dev.polder.kernel.Ids;
import dev.polder.kernel.trace.FinishedSpan;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import dev.polder.kernel.trace.Tracer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// [Tracer] by the SDK of OpenTelemetry.
public final class OpenTelemetryTracer implements Tracer, AutoCloseable {
  private static final long REMEMBERED_BYTES = 8L << 20;
  private static final int REMEMBERED_OF_ONE = 5_000;

  private final SdkTracerProvider provider;
  private final io.opentelemetry.api.trace.Tracer tracer;
  private final InstantSource time;
  private final RecentSpans recent = new RecentSpans(REMEMBERED_BYTES, REMEMBERED_OF_ONE);

  /// @param export where OTLP over HTTP goes, such as `http://localhost:4318/v1/traces`; empty to
  ///   export nothing
  public OpenTelemetryTracer(Ids ids, InstantSource time, Optional<URI> export) {
    this.time = time;
    SdkTracerProviderBuilder builder =
        SdkTracerProvider.builder()
            .setIdGenerator(new TraceIds(ids, time))
            .setResource(
                Resource.create(Attributes.builder().put("service.name", "polder").build()));
    export.ifPresent(uri ->
        builder.addSpanProcessor(
            BatchSpanProcessor.builder(
                    OtlpHttpSpanExporter.builder().setEndpoint(uri.toString()).build())
                .build()));
    this.provider = builder.build();
    this.tracer = provider.get("dev.polder");
  }

  @Override
  public Span begin(
      @Nullable TraceHeader from, Span.Kind kind, String name, Map<String, String> attributes) {
    if (from == null) {
      return begin(Context.root(), null, kind, name, attributes);
    }
    if (!from.sampled()) {
      return Span.NONE;
    }
    String parentId = from.parentId();
    if (parentId == null) {
      return ScopedValue.where(TraceIds.WANTED, from.traceId())
          .call(() -> begin(Context.root(), null, kind, name, attributes));
    }
    var remote =
        SpanContext.createFromRemoteParent(
            from.traceId(), parentId, TraceFlags.getSampled(), TraceState.getDefault());
    Context context = Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote));
    return begin(context, parentId, kind, name, attributes);
  }

  Span begin(
      Context parent,
      @Nullable String parentId,
      Span.Kind kind,
      String name,
      Map<String, String> attributes) {
    var start = time.instant();
    var span = tracer.spanBuilder(name).setParent(parent).setStartTimestamp(start).startSpan();
    return new RecordedSpan(this, span, parentId, kind, name, start, attributes);
  }

  InstantSource time() {
    return time;
  }

  @Override
  public List<FinishedSpan> spans(String traceId) {
    return recent.of(traceId);
  }

  @Override
  public List<String> traces() {
    return recent.ids();
  }

  @Override
  public void add(FinishedSpan span) {
    recent.add(span);
  }

  /// Exports what is left, for a few seconds at most.
  @Override
  public void close() {
    provider.shutdown().join(5, TimeUnit.SECONDS);
  }
}
