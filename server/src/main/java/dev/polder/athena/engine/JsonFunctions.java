package dev.polder.athena.engine;

import static dev.polder.athena.engine.JavaFunction.BOOL;
import static dev.polder.athena.engine.JavaFunction.LONG;
import static dev.polder.athena.engine.JavaFunction.TEXT;

import dev.polder.kernel.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Functions of JSON.
final class JsonFunctions {
  private JsonFunctions() {}

  static void add(Map<String, JavaFunction> all) {
    all.put("t_json_parse", JavaFunction.of(TEXT, a -> JsonPaths.canonical((String) a[0]), TEXT));
    all.put(
        "t_json_extract",
        JavaFunction.of(
            TEXT,
            a -> {
              JsonPaths.Found found = JsonPaths.find((String) a[0], (String) a[1]);
              return found == null ? null : Json.write(JsonPaths.sorted(found.value()));
            },
            TEXT,
            TEXT));
    all.put(
        "t_json_extract_scalar",
        JavaFunction.of(TEXT, a -> JsonPaths.scalar((String) a[0], (String) a[1]), TEXT, TEXT));
    all.put(
        "t_json_array_length",
        JavaFunction.of(
            LONG,
            a ->
                JsonPaths.parsed((String) a[0]) instanceof List<?> l
                    ? (Object) (long) l.size()
                    : null,
            TEXT));
    all.put(
        "t_json_size",
        JavaFunction.of(LONG, a -> size(JsonPaths.find((String) a[0], (String) a[1])), TEXT, TEXT));
    all.put(
        "t_json_array_get",
        JavaFunction.of(TEXT, a -> get(JsonPaths.parsed((String) a[0]), (Long) a[1]), TEXT, LONG));
    all.put("t_is_json_scalar", JavaFunction.of(BOOL, a -> isScalar((String) a[0]), TEXT));
    all.put(
        "t_json_array_contains",
        JavaFunction.of(
            BOOL,
            a -> contains(JsonPaths.parsed((String) a[0]), (String) a[1], (String) a[2]),
            TEXT,
            TEXT,
            TEXT));
  }

  private static @Nullable Object size(JsonPaths.@Nullable Found found) {
    if (found == null) {
      return null;
    }
    return switch (found.value()) {
      case Map<?, ?> m -> (long) m.size();
      case List<?> l -> (long) l.size();
      case null, default -> 0L;
    };
  }

  private static @Nullable Object get(@Nullable Object value, long index) {
    if (!(value instanceof List<?> list)) {
      return null;
    }
    long at = index < 0 ? list.size() + index : index;
    return at < 0 || at >= list.size() ? null : Json.write(list.get((int) at));
  }

  private static Object isScalar(String json) {
    try {
      Object value = Json.parse(json);
      return !(value instanceof Map) && !(value instanceof List);
    } catch (Json.Malformed e) {
      throw JavaFunction.bad("Invalid JSON value: " + json);
    }
  }

  private static @Nullable Object contains(@Nullable Object value, String wanted, String kind) {
    if (!(value instanceof List<?> list)) {
      return null;
    }
    for (Object item : list) {
      boolean same =
          switch (kind) {
            case "boolean" -> item instanceof Boolean b && b.toString().equals(wanted);
            case "varchar" -> wanted.equals(item);
            case "bigint" ->
                item instanceof Number n && !(n instanceof Double) && n.toString().equals(wanted);
            default -> item instanceof Double d && d == Double.parseDouble(wanted);
          };
      if (same) {
        return true;
      }
    }
    return false;
  }
}
