package dev.polder.xray.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The documents of a trace as filters see them: the trace as a whole, the services that it
/// reached, and their calls of each other. A service that records nothing of its own, such as a
/// table, is known from the subsegments of its callers.
public final class TraceDocuments {
  private final List<Map<String, Object>> segments;
  private final Node whole;
  private final List<Node> services = new ArrayList<>();
  private final List<Call> edges = new ArrayList<>();

  /// @param segments the trace's documents, the first one first
  public TraceDocuments(List<Map<String, Object>> segments) {
    this.segments = List.copyOf(segments);
    Map<String, Node> byId = new HashMap<>();
    for (Map<String, Object> segment : segments) {
      var node =
          new Node(Set.of(text(segment, "name")), optional(segment, "origin"), segment, null);
      services.add(node);
      walk(segment, node, byId);
    }
    for (Node node : List.copyOf(services)) {
      String parent = optional(node.document, "parent_id");
      Node caller = parent == null ? null : byId.get(parent);
      if (caller != null && caller != node) {
        edges.add(new Call(caller, node, node));
      }
    }
    this.whole = new Node(Set.of(), null, root(), this);
  }

  /// A service, or the trace as a whole, and what is asked of it.
  record Node(
      Set<String> names,
      @Nullable String type,
      Map<String, Object> document,
      @Nullable TraceDocuments all) {

    /// The values of a keyword; none where the document says nothing.
    List<Object> values(String keyword) {
      return switch (keyword) {
        case "ok" -> List.of(isOk());
        case "error", "fault", "throttle" -> List.of(flag(keyword));
        case "partial" -> List.of(all == null ? flag("in_progress") : all.isPartial());
        case "responsetime" -> List.of(seconds(document));
        case "duration" -> List.of(all == null ? seconds(document) : all.duration());
        case "http.status" -> at("http", "response", "status");
        case "http.url" -> at("http", "request", "url");
        case "http.method" -> at("http", "request", "method");
        case "http.useragent" -> at("http", "request", "user_agent");
        case "http.clientip" -> at("http", "request", "client_ip");
        case "user" -> all == null ? at("user") : all.users();
        default -> throw new IllegalArgumentException(keyword);
      };
    }

    private boolean flag(String name) {
      return Boolean.TRUE.equals(document.get(name));
    }

    private boolean isOk() {
      boolean failed = flag("error") || flag("fault") || flag("throttle");
      List<Object> status = at("http", "response", "status");
      return !failed
          && (status.isEmpty()
              || status.getFirst() instanceof Number code && code.intValue() / 100 == 2);
    }

    private List<Object> at(String... path) {
      Object value = document;
      for (String name : path) {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
      return value == null ? List.of() : List.of(value);
    }
  }

  /// @param call what is known of the call itself
  record Call(Node source, Node destination, Node call) {}

  private void walk(Map<?, ?> document, Node of, Map<String, Node> byId) {
    byId.put(text(document, "id"), of);
    if (document.get("subsegments") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> subsegment) {
          if (subsegment.get("namespace") != null || subsegment.get("aws") != null) {
            Node called = called(subsegment);
            services.add(called);
            edges.add(new Call(of, called, called));
          }
          walk(subsegment, of, byId);
        }
      }
    }
  }

  /// What a call tells of the service that it is a call of.
  private static Node called(Map<?, ?> subsegment) {
    Set<String> names = new TreeSet<>(Set.of(text(subsegment, "name")));
    Object table = subsegment.get("aws") instanceof Map<?, ?> aws ? aws.get("table_name") : null;
    if (table != null) {
      names.add(table.toString());
    }
    String type =
        table != null
            ? "AWS::DynamoDB::Table"
            : "remote".equals(subsegment.get("namespace"))
                ? "remote"
                : "AWS::" + text(subsegment, "name");
    Map<String, Object> document = new HashMap<>();
    subsegment.forEach((name, value) -> document.put(String.valueOf(name), value));
    return new Node(names, type, document, null);
  }

  private static String text(Map<?, ?> document, String name) {
    return String.valueOf(document.get(name));
  }

  private static @Nullable String optional(Map<?, ?> document, String name) {
    Object value = document.get(name);
    return value == null ? null : value.toString();
  }

  private static BigDecimal number(Map<?, ?> document, String name) {
    return new BigDecimal(String.valueOf(document.get(name)));
  }

  private static BigDecimal seconds(Map<?, ?> document) {
    return document.get("end_time") == null
        ? BigDecimal.ZERO
        : number(document, "end_time").subtract(number(document, "start_time"));
  }

  /// The first segment that none of the others called.
  private Map<String, Object> root() {
    return segments.stream()
        .filter(segment -> segment.get("parent_id") == null)
        .findFirst()
        .orElse(segments.isEmpty() ? Map.of() : segments.getFirst());
  }

  Node whole() {
    return whole;
  }

  List<Node> services() {
    return services;
  }

  List<Call> edges() {
    return edges;
  }

  private boolean isPartial() {
    return segments.stream().anyMatch(each -> Boolean.TRUE.equals(each.get("in_progress")));
  }

  private BigDecimal duration() {
    BigDecimal begin = null;
    BigDecimal end = null;
    for (Map<String, Object> segment : segments) {
      BigDecimal from = number(segment, "start_time");
      BigDecimal to = segment.get("end_time") == null ? from : number(segment, "end_time");
      begin = begin == null ? from : begin.min(from);
      end = end == null ? to : end.max(to);
    }
    return begin == null || end == null ? BigDecimal.ZERO : end.subtract(begin);
  }

  /// The values of the field `user` of its segments.
  public List<Object> users() {
    return segments.stream()
        .map(each -> each.get("user"))
        .filter(u -> u != null)
        .distinct()
        .toList();
  }

  /// The values of an annotation, wherever in the trace it is.
  public List<Object> annotations(String key) {
    return annotations().getOrDefault(key, List.of());
  }

  /// All annotations with all their values.
  public Map<String, List<Object>> annotations() {
    Map<String, List<Object>> found = new HashMap<>();
    segments.forEach(segment -> annotations(segment, found));
    return found;
  }

  private static void annotations(Map<?, ?> document, Map<String, List<Object>> found) {
    if (document.get("annotations") instanceof Map<?, ?> annotations) {
      annotations.forEach((key, value) -> {
        if (value != null) {
          found.computeIfAbsent(String.valueOf(key), _ -> new ArrayList<>()).add(value);
        }
      });
    }
    if (document.get("subsegments") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> subsegment) {
          annotations(subsegment, found);
        }
      }
    }
  }

  /// What the first segment says of HTTP, such as `{request: {url: …}, response: {status: 200}}`;
  /// empty where it says nothing.
  public Map<?, ?> http() {
    return root().get("http") instanceof Map<?, ?> http ? http : Map.of();
  }
}
