package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes JSON with the spaces and escapes of Python's `json.dumps`, in which the recorded
/// definitions were sent.
final class PythonJson {
  private PythonJson() {}

  static String write(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> write(e.getKey()) + ": " + write(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(PythonJson::write).collect(Collectors.joining(", ", "[", "]"));
      case String text -> escaped(Json.write(text));
      case null, default -> Json.write(value);
    };
  }

  private static String escaped(String json) {
    var out = new StringBuilder();
    for (char c : json.toCharArray()) {
      out.append(c > 0x7E ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return out.toString()
        .replaceAll("\\\\u00([01])([0-9A-F])", "\\\\u00$1$2")
        .transform(PythonJson::lower);
  }

  private static String lower(String json) {
    return Pattern.compile("\\\\u([0-9A-Fa-f]{4})")
        .matcher(json)
        .replaceAll(m -> "\\\\u" + m.group(1).toLowerCase(Locale.ROOT));
  }
}
