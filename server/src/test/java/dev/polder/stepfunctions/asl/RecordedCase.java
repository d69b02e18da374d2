package dev.polder.stepfunctions.asl;

import dev.polder.SharedCases;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One case recorded from the real service.
record RecordedCase(String file, Object json) {

  static List<RecordedCase> all() throws IOException {
    Path folder = SharedCases.conformance("asl");
    List<RecordedCase> cases = new ArrayList<>();
    for (Object entry : elements(Json.parse(Files.readString(folder.resolve("index.json"))))) {
      String file = String.valueOf(at(entry, "file"));
      cases.add(new RecordedCase(file, Json.parseObject(Files.readString(folder.resolve(file)))));
    }
    return cases;
  }

  /// The value under names in nested objects, or null.
  static @Nullable Object at(@Nullable Object value, String... names) {
    Object at = value;
    for (String name : names) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at;
  }

  static List<?> elements(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @Nullable Object at(String... names) {
    return at(json, names);
  }

  String text(String... names) {
    return String.valueOf(at(json, names));
  }

  String area() {
    return text("area");
  }

  String kind() {
    return text("kind");
  }

  boolean isDeterministic() {
    return !Boolean.TRUE.equals(at("nondeterministic"))
        && !Boolean.TRUE.equals(at("clock_dependent"));
  }

  @Nullable Object definition() {
    return at("definition");
  }

  /// The definition as it was sent, as far as that is known.
  @Nullable String definitionText() {
    return at("definition_text") instanceof String text
        ? text
        : definition() == null ? null : PythonJson.write(definition());
  }

  @Nullable Object input() {
    return at("input_text") instanceof String text ? Json.parse(text) : Map.of();
  }
}
