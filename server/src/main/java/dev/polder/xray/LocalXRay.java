package dev.polder.xray;

import dev.polder.kernel.Json;
import dev.polder.kernel.trace.FinishedSpan;
import dev.polder.kernel.trace.TraceHeader;
import dev.polder.kernel.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.BatchGetTracesRequest;
import software.amazon.awssdk.services.xray.model.BatchGetTracesResponse;
import software.amazon.awssdk.services.xray.model.GetTraceSummariesRequest;
import software.amazon.awssdk.services.xray.model.GetTraceSummariesResponse;
import software.amazon.awssdk.services.xray.model.PutTraceSegmentsRequest;
import software.amazon.awssdk.services.xray.model.PutTraceSegmentsResponse;
import software.amazon.awssdk.services.xray.model.Segment;
import software.amazon.awssdk.services.xray.model.ServiceId;
import software.amazon.awssdk.services.xray.model.Trace;
import software.amazon.awssdk.services.xray.model.TraceSummary;
import software.amazon.awssdk.services.xray.model.UnprocessedTraceSegment;

/// X-Ray's API for reading traces and for recording segments.
final class LocalXRay implements XRayClient {
  // https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html
  private static final int MOST_TRACES = 5;
  private static final Duration LONGEST_RANGE = Duration.ofHours(24);
  private static final int PAGE = 100;

  private final Tracer tracer;

  LocalXRay(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public BatchGetTracesResponse batchGetTraces(BatchGetTracesRequest request) {
    if (request.traceIds().size() > MOST_TRACES) {
      throw XRayErrors.invalid("TraceIds must have at most " + MOST_TRACES + " members");
    }
    List<Trace> traces = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String id : request.traceIds()) {
      List<FinishedSpan> spans =
          TraceHeader.traceId(id)
              .map(tracer::spans)
              .orElseThrow(() -> XRayErrors.invalid("Invalid trace id: " + id));
      if (spans.isEmpty()) {
        unknown.add(id);
      } else {
        traces.add(trace(id, spans));
      }
    }
    return BatchGetTracesResponse.builder().traces(traces).unprocessedTraceIds(unknown).build();
  }

  private static Trace trace(String id, List<FinishedSpan> spans) {
    return Trace.builder()
        .id(id)
        .duration(seconds(spans))
        .limitExceeded(false)
        .segments(SegmentDocuments.of(spans).stream().map(LocalXRay::segment).toList())
        .build();
  }

  private static Segment segment(Map<String, Object> document) {
    return Segment.builder()
        .id(String.valueOf(document.get("id")))
        .document(Json.write(document))
        .build();
  }

  private static Instant start(List<FinishedSpan> spans) {
    return spans.stream().map(FinishedSpan::start).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static double seconds(List<FinishedSpan> spans) {
    Instant end =
        spans.stream().map(FinishedSpan::end).max(Comparator.naturalOrder()).orElseThrow();
    return Duration.between(start(spans), end).toNanos() / 1e9;
  }

  /// Traces that began in a range of time, the oldest first. Filter expressions are not supported.
  @Override
  public GetTraceSummariesResponse getTraceSummaries(GetTraceSummariesRequest request) {
    Instant from = request.startTime();
    Instant until = request.endTime();
    if (from.isAfter(until) || Duration.between(from, until).compareTo(LONGEST_RANGE) > 0) {
      throw XRayErrors.invalid(
          "Time range: StartTime must be before EndTime, and 24 hours before it at most");
    }
    if (request.filterExpression() != null && !request.filterExpression().isBlank()) {
      throw XRayErrors.invalid("FilterExpression is not supported: " + request.filterExpression());
    }
    List<TraceSummary> found = new ArrayList<>();
    String next = null;
    for (String id : tracer.traces()) {
      List<FinishedSpan> spans = tracer.spans(id);
      if (spans.isEmpty() || start(spans).isBefore(from) || !start(spans).isBefore(until)) {
        continue;
      }
      if (request.nextToken() != null
          && TraceHeader.xrayId(id).compareTo(request.nextToken()) <= 0) {
        continue;
      }
      found.add(summary(TraceHeader.xrayId(id), spans));
    }
    found.sort(Comparator.comparing(TraceSummary::id));
    if (found.size() > PAGE) {
      found = found.subList(0, PAGE);
      next = found.getLast().id();
    }
    return GetTraceSummariesResponse.builder()
        .traceSummaries(found)
        .tracesProcessedCount((long) found.size())
        .approximateTime(until)
        .nextToken(next)
        .build();
  }

  private static TraceSummary summary(String id, List<FinishedSpan> spans) {
    return TraceSummary.builder()
        .id(id)
        .startTime(start(spans))
        .duration(seconds(spans))
        .responseTime(seconds(spans))
        .hasFault(
            spans.stream().anyMatch(span -> span.failure() != null && !span.failure().caller()))
        .hasError(
            spans.stream().anyMatch(span -> span.failure() != null && span.failure().caller()))
        .hasThrottle(false)
        .isPartial(false)
        .serviceIds(
            spans.stream()
                .filter(span -> span.kind() == dev.polder.kernel.trace.Span.Kind.SEGMENT)
                .sorted(Comparator.comparing(FinishedSpan::start))
                .map(span -> service(span))
                .distinct()
                .toList())
        .build();
  }

  private static ServiceId service(FinishedSpan span) {
    return ServiceId.builder()
        .name(span.name())
        .names(span.name())
        .type(span.attributes().get("origin"))
        .build();
  }

  /// Records segments of clients that trace themselves. Like all traces they are kept in memory.
  @Override
  public PutTraceSegmentsResponse putTraceSegments(PutTraceSegmentsRequest request) {
    List<UnprocessedTraceSegment> refused = new ArrayList<>();
    for (String text : request.traceSegmentDocuments()) {
      try {
        SegmentDocuments.read(Json.parseObject(text)).forEach(tracer::add);
      } catch (Json.Malformed e) {
        refused.add(refused("ParseError", String.valueOf(e.getMessage())));
      } catch (IllegalArgumentException e) {
        refused.add(refused("MissingOrInvalid", "Invalid segment. Field: " + e.getMessage()));
      }
    }
    return PutTraceSegmentsResponse.builder().unprocessedTraceSegments(refused).build();
  }

  private static UnprocessedTraceSegment refused(String code, String message) {
    return UnprocessedTraceSegment.builder().errorCode(code).message(message).build();
  }
}
