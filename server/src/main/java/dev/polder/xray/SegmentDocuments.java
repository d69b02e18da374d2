package dev.polder.xray;

import dev.polder.kernel.Json;
import dev.polder.kernel.trace.FinishedSpan;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spans of one trace as X-Ray's documents: a segment for each piece of work of a service, with the
/// calls that it made nested in it as subsegments.
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
final class SegmentDocuments {
  private static final Set<String> TYPED =
      Set.of("http.response.status", "http.response.content_length", "in_progress", "throttle");

  private final Map<String, FinishedSpan> byId = new HashMap<>();
  private final Map<String, List<FinishedSpan>> below = new HashMap<>();

  private SegmentDocuments(List<FinishedSpan> spans) {
    spans.forEach(span -> byId.put(span.id(), span));
    for (FinishedSpan span : spans) {
      String parent = span.parentId();
      if (parent != null) {
        below.computeIfAbsent(parent, _ -> new ArrayList<>()).add(span);
      }
    }
    below.values().forEach(list -> list.sort(Comparator.comparing(FinishedSpan::start)));
  }

  /// The documents of a trace, by the start of the segments.
  static List<Map<String, Object>> of(List<FinishedSpan> spans) {
    var documents = new SegmentDocuments(spans);
    return spans.stream()
        .filter(documents::isSegment)
        .sorted(Comparator.comparing(FinishedSpan::start))
        .map(documents::segment)
        .toList();
  }

  // A call whose caller is not among the spans, being a client outside, stands for itself.
  private boolean isSegment(FinishedSpan span) {
    String parent = span.parentId();
    return span.kind() == Span.Kind.SEGMENT || parent == null || !byId.containsKey(parent);
  }

  private Map<String, Object> segment(FinishedSpan span) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", span.id());
    document.put("name", span.name());
    document.put("trace_id", TraceHeader.xrayId(span.traceId()));
    String parent = span.parentId();
    if (parent != null) {
      document.put("parent_id", parent);
    }
    body(span, document);
    return document;
  }

  private Map<String, Object> subsegment(FinishedSpan span) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", span.id());
    document.put("name", span.name());
    body(span, document);
    return document;
  }

  private void body(FinishedSpan span, Map<String, Object> document) {
    document.put("start_time", seconds(span.start()));
    if (!span.attributes().containsKey("in_progress")) {
      document.put("end_time", seconds(span.end()));
    }
    span.attributes().forEach((name, value) -> put(document, name, typed(name, value)));
    FinishedSpan.Failure failure = span.failure();
    if (failure != null) {
      document.put(failure.caller() ? "error" : "fault", true);
      document.put("cause", cause(span.id(), failure));
    }
    List<Map<String, Object>> nested =
        below.getOrDefault(span.id(), List.of()).stream()
            .filter(child -> !isSegment(child))
            .map(this::subsegment)
            .toList();
    if (!nested.isEmpty()) {
      document.put("subsegments", nested);
    }
  }

  private static Map<String, Object> cause(String id, FinishedSpan.Failure failure) {
    Map<String, Object> exception = new LinkedHashMap<>();
    exception.put("id", id);
    exception.put("message", failure.message());
    exception.put("type", failure.type());
    return Map.of("exceptions", List.of(exception));
  }

  // Attributes are texts; those of these names stand for other values.
  private static Object typed(String name, String value) {
    if (!name.startsWith("annotations.") && !TYPED.contains(name)) {
      return value;
    }
    try {
      Object parsed = Json.parse(value);
      return parsed == null ? value : parsed;
    } catch (Json.Malformed _) {
      return value;
    }
  }

  // `aws.operation` is the member `operation` of the object `aws`.
  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> document, String name, Object value) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      document.put(name, value);
      return;
    }
    Object nested =
        document.computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<String, Object>());
    if (nested instanceof Map<?, ?> map) {
      put((Map<String, Object>) map, name.substring(dot + 1), value);
    }
  }

  static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.getEpochSecond())
        .add(BigDecimal.valueOf(instant.getNano(), 9).setScale(6, RoundingMode.DOWN));
  }

  /// Reads a document that a client recorded, and its subsegments.
  ///
  /// @throws IllegalArgumentException if a member that must be there is missing or wrong
  static List<FinishedSpan> read(Map<String, Object> document) {
    String traceId =
        TraceHeader.traceId(text(document, "trace_id"))
            .orElseThrow(() -> new IllegalArgumentException("trace_id"));
    List<FinishedSpan> spans = new ArrayList<>();
    Object parent = document.get("parent_id");
    boolean nested = "subsegment".equals(document.get("type"));
    read(document, traceId, parent == null ? null : parent.toString(), nested, spans);
    return spans;
  }

  private static void read(
      Map<?, ?> document,
      String traceId,
      @Nullable String parent,
      boolean nested,
      List<FinishedSpan> spans) {
    String id = text(document, "id");
    Instant start = instant(document, "start_time");
    spans.add(
        new FinishedSpan(
            traceId,
            id,
            parent,
            nested ? Span.Kind.SUBSEGMENT : Span.Kind.SEGMENT,
            text(document, "name"),
            start,
            document.containsKey("end_time") ? instant(document, "end_time") : start,
            attributes(document),
            failure(document)));
    if (document.get("subsegments") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> subsegment) {
          read(subsegment, traceId, id, true, spans);
        }
      }
    }
  }

  private static FinishedSpan.@Nullable Failure failure(Map<?, ?> document) {
    boolean error = Boolean.TRUE.equals(document.get("error"));
    boolean fault = Boolean.TRUE.equals(document.get("fault"));
    return error || fault
        ? new FinishedSpan.Failure("Error", "recorded by the client", error)
        : null;
  }

  private static Map<String, String> attributes(Map<?, ?> document) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (document.get("aws") instanceof Map<?, ?> aws) {
      aws.forEach((name, value) -> attributes.put("aws." + name, String.valueOf(value)));
    }
    for (String name : List.of("origin", "namespace", "user")) {
      if (document.get(name) instanceof String value) {
        attributes.put(name, value);
      }
    }
    for (String name : List.of("in_progress", "throttle")) {
      if (Boolean.TRUE.equals(document.get(name))) {
        attributes.put(name, "true");
      }
    }
    flat("http.", document.get("http"), attributes);
    if (document.get("annotations") instanceof Map<?, ?> annotations) {
      annotations.forEach((key, value) -> attributes.put("annotations." + key, Json.write(value)));
    }
    return attributes;
  }

  private static void flat(String prefix, @Nullable Object value, Map<String, String> attributes) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, each) -> {
        if (each instanceof Map<?, ?>) {
          flat(prefix + name + ".", each, attributes);
        } else {
          attributes.put(prefix + name, String.valueOf(each));
        }
      });
    }
  }

  private static String text(Map<?, ?> document, String name) {
    if (document.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new IllegalArgumentException(name);
  }

  private static Instant instant(Map<?, ?> document, String name) {
    if (document.get(name) instanceof Number number) {
      var nanos = new BigDecimal(number.toString()).movePointRight(9).toBigInteger();
      var second = BigInteger.valueOf(1_000_000_000);
      return Instant.ofEpochSecond(nanos.divide(second).longValue(), nanos.mod(second).longValue());
    }
    throw new IllegalArgumentException(name);
  }
}
