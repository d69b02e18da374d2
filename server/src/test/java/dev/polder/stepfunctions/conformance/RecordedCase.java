package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A case as it lies on disk.
record RecordedCase(String file, Map<String, @Nullable Object> json) {

  @SuppressWarnings("unchecked")
  static RecordedCase read(Path root, String file) {
    try {
      return new RecordedCase(
          file,
          (Map<String, @Nullable Object>)
              (Map<String, ?>) Json.parseObject(Files.readString(root.resolve(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> files(Path root) {
    try {
      Object index = Json.parse(Files.readString(root.resolve("index.json")));
      List<String> files = new ArrayList<>();
      for (Object each : (List<?>) Objects.requireNonNull(index)) {
        files.add(String.valueOf(((Map<?, ?>) each).get("file")));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String name) {
    return String.valueOf(json.get(name));
  }

  @SuppressWarnings("unchecked")
  Map<String, @Nullable Object> object(String name) {
    Object value = json.get(name);
    return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
  }

  @SuppressWarnings("unchecked")
  List<Map<String, @Nullable Object>> list(String name) {
    Object value = json.get(name);
    return value == null ? List.of() : (List<Map<String, @Nullable Object>>) value;
  }

  /// The definition as it is sent.
  String definition() {
    Object text = json.get("definition_text");
    Object tree = json.get("definition");
    return text instanceof String s ? s : tree instanceof String s ? s : python(tree);
  }

  // json.dumps of Python, whose separators have a space.
  static String python(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        StringBuilder out = new StringBuilder("{");
        map.forEach((k, v) ->
            out.append(out.length() > 1 ? ", " : "")
                .append(ascii(escapes(Json.write(k))))
                .append(": ")
                .append(python(v)));
        yield out.append("}").toString();
      }
      case List<?> list -> {
        StringBuilder out = new StringBuilder("[");
        list.forEach(each -> out.append(out.length() > 1 ? ", " : "").append(python(each)));
        yield out.append("]").toString();
      }
      case null -> "null";
      default -> ascii(escapes(Json.write(value)));
    };
  }

  // Control characters: the same escapes, but with small letters.
  private static String escapes(String json) {
    return Pattern.compile("\\\\u[0-9A-F]{4}")
        .matcher(json)
        .replaceAll(m -> "\\" + m.group().toLowerCase(Locale.ROOT));
  }

  private static String ascii(String json) {
    StringBuilder out = new StringBuilder();
    for (char c : json.toCharArray()) {
      if (c < 127) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.toString();
  }
}
