package dev.polder.gateway.catalogue;

import dev.polder.gateway.codec.Uris;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The URI of a REST operation: literal segments, variables `{Name}`, at the end perhaps a greedy
/// variable `{Name+}` that takes all that is left, and fixed query parameters.
public final class PathTemplate implements Comparable<PathTemplate> {
  private final List<String> segments;
  private final boolean greedy;
  private final Map<String, String> query = new LinkedHashMap<>();
  private final int weight;

  PathTemplate(String uri) {
    int mark = uri.indexOf('?');
    Uris.parameters(mark < 0 ? null : uri.substring(mark + 1))
        .forEach((name, values) -> query.put(name, values.getFirst()));
    this.segments = split(mark < 0 ? uri : uri.substring(0, mark));
    this.greedy = !segments.isEmpty() && segments.getLast().endsWith("+}");
    long literals = segments.stream().filter(s -> !isVariable(s)).count();
    this.weight = (int) literals * 1000 + segments.size() * 10 + query.size();
  }

  /// The raw segments of a path: what is between its slashes, without a slash at either end.
  public static List<String> split(String path) {
    int from = path.startsWith("/") ? 1 : 0;
    int to = path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length();
    List<String> segments = new ArrayList<>();
    while (from < to) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 || slash > to ? to : slash;
      segments.add(path.substring(from, end));
      from = end + 1;
      if (end < to && from == to) {
        segments.add("");
      }
    }
    return segments;
  }

  /// The variables' values, decoded, if this template is of such a path and query.
  ///
  /// @param path raw segments as [#split(String)] gives
  public Optional<Map<String, String>> match(List<String> path, Map<String, List<String>> given) {
    if (greedy ? path.size() < segments.size() : path.size() != segments.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (isVariable(segment) ? path.get(i).isEmpty() : !segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    for (var fixed : query.entrySet()) {
      List<String> values = given.get(fixed.getKey());
      if (values == null || !(fixed.getValue().isEmpty() || values.contains(fixed.getValue()))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables(path));
  }

  /// The names of the query parameters that tell this operation from others of its path.
  public Set<String> fixedParameters() {
    return Collections.unmodifiableSet(query.keySet());
  }

  private Map<String, String> variables(List<String> path) {
    Map<String, String> variables = HashMap.newHashMap(4);
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (greedy && i == segments.size() - 1) {
        String rest = String.join("/", path.subList(i, path.size()));
        variables.put(segment.substring(1, segment.length() - 2), Uris.decodePath(rest));
      } else if (isVariable(segment)) {
        variables.put(segment.substring(1, segment.length() - 1), Uris.decodePath(path.get(i)));
      }
    }
    return variables;
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  /// The more particular template first.
  @Override
  public int compareTo(PathTemplate other) {
    return Integer.compare(other.weight, weight);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathTemplate template
        && segments.equals(template.segments)
        && query.equals(template.query);
  }

  @Override
  public int hashCode() {
    return segments.hashCode() * 31 + query.hashCode();
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments) + (query.isEmpty() ? "" : "?" + query);
  }
}
