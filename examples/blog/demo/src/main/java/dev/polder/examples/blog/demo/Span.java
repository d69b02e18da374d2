package dev.polder.examples.blog.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.xray.model.Segment;

/// A segment or subsegment of a trace, with what happened within.
///
/// @param start seconds of the epoch
/// @param end seconds of the epoch
record Span(String name, double start, double end, List<Span> children) {

  /// The spans of a trace that have no parent.
  static List<Span> of(List<Segment> segments) {
    Map<String, Map<String, Object>> documents = new HashMap<>();
    Map<String, List<Map<String, Object>>> below = new HashMap<>();
    for (Segment segment : segments) {
      Map<String, Object> document = parsed(segment.document());
      documents.put(String.valueOf(document.get("id")), document);
      below
          .computeIfAbsent(String.valueOf(document.get("parent_id")), _ -> new ArrayList<>())
          .add(document);
    }
    List<Span> roots = new ArrayList<>();
    var ids = new HashSet<String>();
    documents.values().forEach(document -> ids(document, ids));
    below.forEach((parent, children) -> {
      if (!ids.contains(parent)) {
        children.forEach(child -> roots.add(of(child, below)));
      }
    });
    roots.sort(Comparator.comparingDouble(Span::start));
    return roots;
  }

  private static void ids(Map<String, Object> document, Set<String> ids) {
    ids.add(String.valueOf(document.get("id")));
    subsegments(document).forEach(each -> ids(each, ids));
  }

  private static Span of(
      Map<String, Object> document, Map<String, List<Map<String, Object>>> below) {
    List<Span> children = new ArrayList<>();
    subsegments(document).forEach(each -> children.add(of(each, below)));
    below
        .getOrDefault(String.valueOf(document.get("id")), List.of())
        .forEach(each -> children.add(of(each, below)));
    children.sort(Comparator.comparingDouble(Span::start));
    return new Span(
        label(document), number(document, "start_time"), number(document, "end_time"), children);
  }

  private static String label(Map<String, Object> document) {
    String name = String.valueOf(document.get("name"));
    if (document.get("aws") instanceof Map<?, ?> aws && aws.get("operation") instanceof String op) {
      Object whole = aws.get("table_name");
      Object table = whole == null ? null : String.valueOf(whole).split("-", 2)[0];
      Object index = aws.get("index_name");
      name += " " + op + (table == null ? "" : " " + table) + (index == null ? "" : "/" + index);
    }
    return name;
  }

  private static double number(Map<String, Object> document, String name) {
    return document.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> subsegments(Map<String, Object> document) {
    return document.get("subsegments") instanceof List<?> list
        ? (List<Map<String, Object>>) list
        : List.of();
  }

  private static Map<String, Object> parsed(String json) {
    try {
      return JSON.std.mapFrom(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
