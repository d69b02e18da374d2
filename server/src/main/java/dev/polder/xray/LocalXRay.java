package dev.polder.xray;

import dev.polder.kernel.Json;
import dev.polder.kernel.trace.FinishedSpan;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import dev.polder.kernel.trace.Tracer;
import dev.polder.xray.filter.FilterExpression;
import dev.polder.xray.filter.InvalidFilterException;
import dev.polder.xray.filter.TraceDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.AnnotationValue;
import software.amazon.awssdk.services.xray.model.BatchGetTracesRequest;
import software.amazon.awssdk.services.xray.model.BatchGetTracesResponse;
import software.amazon.awssdk.services.xray.model.GetTraceSummariesRequest;
import software.amazon.awssdk.services.xray.model.GetTraceSummariesResponse;
import software.amazon.awssdk.services.xray.model.Http;
import software.amazon.awssdk.services.xray.model.PutTraceSegmentsRequest;
import software.amazon.awssdk.services.xray.model.PutTraceSegmentsResponse;
import software.amazon.awssdk.services.xray.model.Segment;
import software.amazon.awssdk.services.xray.model.ServiceId;
import software.amazon.awssdk.services.xray.model.Trace;
import software.amazon.awssdk.services.xray.model.TraceSummary;
import software.amazon.awssdk.services.xray.model.TraceUser;
import software.amazon.awssdk.services.xray.model.UnprocessedTraceSegment;
import software.amazon.awssdk.services.xray.model.ValueWithServiceIds;

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

  /// Traces that began in a range of time and for which a filter expression holds, in the order of
  /// their ids.
  @Override
  public GetTraceSummariesResponse getTraceSummaries(GetTraceSummariesRequest request) {
    requireRange(request.startTime(), request.endTime());
    Predicate<TraceDocuments> wanted = filter(request.filterExpression());
    long processed = 0;
    List<TraceSummary> found = new ArrayList<>();
    String next = null;
    for (String id : tracer.traces()) {
      List<FinishedSpan> spans = tracer.spans(id);
      if (!isAsked(id, spans, request)) {
        continue;
      }
      processed++;
      var documents = new TraceDocuments(SegmentDocuments.of(spans));
      if (wanted.test(documents)) {
        found.add(summary(TraceHeader.xrayId(id), spans, documents));
      }
    }
    found.sort(Comparator.comparing(TraceSummary::id));
    if (found.size() > PAGE) {
      found = found.subList(0, PAGE);
      next = found.getLast().id();
    }
    return GetTraceSummariesResponse.builder()
        .traceSummaries(found)
        .tracesProcessedCount(processed)
        .approximateTime(request.endTime())
        .nextToken(next)
        .build();
  }

  private static void requireRange(Instant from, Instant until) {
    if (from.isAfter(until) || Duration.between(from, until).compareTo(LONGEST_RANGE) > 0) {
      throw XRayErrors.invalid(
          "Time range: StartTime must be before EndTime, and 24 hours before it at most");
    }
  }

  /// True for traces that began in the range and come after the page before.
  private static boolean isAsked(
      String id, List<FinishedSpan> spans, GetTraceSummariesRequest request) {
    String last = request.nextToken();
    return !spans.isEmpty()
        && !start(spans).isBefore(request.startTime())
        && start(spans).isBefore(request.endTime())
        && (last == null || TraceHeader.xrayId(id).compareTo(last) > 0);
  }

  private static Predicate<TraceDocuments> filter(@Nullable String expression) {
    if (expression == null || expression.isBlank()) {
      return _ -> true;
    }
    try {
      return FilterExpression.parse(expression)::matches;
    } catch (InvalidFilterException e) {
      throw XRayErrors.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static TraceSummary summary(
      String id, List<FinishedSpan> spans, TraceDocuments documents) {
    List<ServiceId> services =
        spans.stream()
            .filter(span -> span.kind() == Span.Kind.SEGMENT)
            .sorted(Comparator.comparing(FinishedSpan::start))
            .map(LocalXRay::service)
            .distinct()
            .toList();
    return TraceSummary.builder()
        .http(http(documents.http()))
        .annotations(annotations(documents.annotations()))
        .users(
            documents.users().stream()
                .map(user -> TraceUser.builder().userName(user.toString()).build())
                .toList())
        .entryPoint(services.isEmpty() ? null : services.getFirst())
        .id(id)
        .startTime(start(spans))
        .duration(seconds(spans))
        .responseTime(seconds(spans))
        .hasFault(
            spans.stream().anyMatch(span -> span.failure() != null && !span.failure().caller()))
        .hasError(
            spans.stream().anyMatch(span -> span.failure() != null && span.failure().caller()))
        .hasThrottle(spans.stream().anyMatch(s -> s.attributes().containsKey("throttle")))
        .isPartial(spans.stream().anyMatch(s -> s.attributes().containsKey("in_progress")))
        .serviceIds(services)
        .build();
  }

  private static @Nullable Http http(Map<?, ?> document) {
    if (document.isEmpty()) {
      return null;
    }
    Map<?, ?> request = document.get("request") instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> response = document.get("response") instanceof Map<?, ?> map ? map : Map.of();
    return Http.builder()
        .httpURL(text(request.get("url")))
        .httpMethod(text(request.get("method")))
        .userAgent(text(request.get("user_agent")))
        .clientIp(text(request.get("client_ip")))
        .httpStatus(response.get("status") instanceof Number code ? code.intValue() : null)
        .build();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Map<String, List<ValueWithServiceIds>> annotations(
      Map<String, List<Object>> annotations) {
    Map<String, List<ValueWithServiceIds>> shown = new TreeMap<>();
    annotations.forEach((key, values) ->
        shown.put(
            key,
            values.stream()
                .distinct()
                .map(value -> ValueWithServiceIds.builder().annotationValue(shown(value)).build())
                .toList()));
    return shown;
  }

  private static AnnotationValue shown(Object value) {
    return switch (value) {
      case Boolean truth -> AnnotationValue.fromBooleanValue(truth);
      case Number number -> AnnotationValue.fromNumberValue(number.doubleValue());
      default -> AnnotationValue.fromStringValue(value.toString());
    };
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
