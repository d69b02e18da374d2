package dev.polder.athena.engine;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Trino's JSON functions: JSON paths of names, subscripts and nothing more. Wildcards, filters and
/// recursive descent are refused by name.
final class JsonPaths {
  private JsonPaths() {}

  /// What a path leads to, or null where it leads nowhere.
  record Found(@Nullable Object value) {}

  static @Nullable Found find(String json, String path) {
    Object value;
    try {
      value = Json.parse(json);
    } catch (Json.Malformed e) {
      return null;
    }
    for (Object step : steps(path)) {
      switch (value) {
        case Map<?, ?> map when map.containsKey(step.toString()) ->
            value = map.get(step.toString());
        case List<?> list when step instanceof Integer i && i < list.size() -> value = list.get(i);
        case null, default -> {
          return null;
        }
      }
    }
    return new Found(value);
  }

  /// The scalar that a path leads to, as text.
  static @Nullable String scalar(String json, String path) {
    Found found = find(json, path);
    if (found == null
        || found.value() == null
        || found.value() instanceof Map
        || found.value() instanceof List) {
      return null;
    }
    return found.value() instanceof String s ? s : Json.write(found.value());
  }

  /// Canonical text: the members of each object in the order of their names, as Trino keeps them.
  static String canonical(String json) {
    try {
      return Json.write(sorted(Json.parse(json)));
    } catch (Json.Malformed e) {
      throw new EngineFailure(
          "INVALID_FUNCTION_ARGUMENT", "Cannot convert value to JSON: '" + json + "'");
    }
  }

  static @Nullable Object sorted(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> names = new TreeMap<>();
        map.forEach((k, v) -> names.put(String.valueOf(k), sorted(v)));
        yield new LinkedHashMap<>(names);
      }
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.forEach(i -> items.add(sorted(i)));
        yield items;
      }
      case null -> null;
      default -> value;
    };
  }

  static @Nullable Object parsed(String json) {
    try {
      return Json.parse(json);
    } catch (Json.Malformed e) {
      return null;
    }
  }

  private static List<Object> steps(String path) {
    List<Object> steps = new ArrayList<>();
    int at = path.startsWith("$") ? 1 : -1;
    if (at < 0) {
      throw bad(path);
    }
    while (at < path.length()) {
      char c = path.charAt(at);
      if (c == '.') {
        int end = at + 1;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        add(steps, path.substring(at + 1, end), path);
        at = end;
      } else if (c == '[') {
        int end = close(path, at);
        subscript(steps, path.substring(at + 1, end), path);
        at = end + 1;
      } else {
        throw bad(path);
      }
    }
    return steps;
  }

  private static int close(String path, int open) {
    char quote = open + 1 < path.length() ? path.charAt(open + 1) : 0;
    boolean quoted = quote == '"' || quote == '\'';
    int from = quoted ? path.indexOf(quote, open + 2) : open;
    int end = from < 0 ? -1 : path.indexOf(']', from);
    if (end < 0) {
      throw bad(path);
    }
    return end;
  }

  private static void add(List<Object> steps, String name, String path) {
    if (name.isEmpty() || name.equals("*")) {
      throw new EngineFailure("NOT_SUPPORTED", "The JSON path " + path + " is not supported");
    }
    steps.add(name);
  }

  private static void subscript(List<Object> steps, String text, String path) {
    if (text.matches("[0-9]{1,9}")) {
      steps.add(Integer.valueOf(text));
    } else if (text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))) {
      steps.add(text.substring(1, text.length() - 1));
    } else {
      throw new EngineFailure("NOT_SUPPORTED", "The JSON path " + path + " is not supported");
    }
  }

  private static EngineFailure bad(String path) {
    return new EngineFailure("INVALID_FUNCTION_ARGUMENT", "Invalid JSON path: '" + path + "'");
  }
}
