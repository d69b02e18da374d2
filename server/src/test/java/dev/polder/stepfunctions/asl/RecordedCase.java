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
record RecordedCase(String file, Map<String, Object> json) {

  @SuppressWarnings("unchecked")
  static List<RecordedCase> all() throws IOException {
    Path folder = SharedCases.conformance("asl");
    List<RecordedCase> cases = new ArrayList<>();
    for (Object entry : (List<Object>) Json.parse(Files.readString(folder.resolve("index.json")))) {
      String file = (String) ((Map<String, Object>) entry).get("file");
      cases.add(
          new RecordedCase(file, Json.parseObject(Files.readString(folder.resolve(file)))));
    }
    return cases;
  }

  String area() {
    return (String) json.get("area");
  }

  String kind() {
    return (String) json.get("kind");
  }

  boolean isDeterministic() {
    return !Boolean.TRUE.equals(json.get("nondeterministic"))
        && !Boolean.TRUE.equals(json.get("clock_dependent"));
  }

  @SuppressWarnings("unchecked")
  List<Object> needs() {
    return (List<Object>) json.get("needs");
  }

  @Nullable Object definition() {
    return json.get("definition");
  }

  /// The definition as it was sent, as far as that is known.
  @Nullable String definitionText() {
    return json.get("definition_text") instanceof String text
        ? text
        : definition() == null ? null : PythonJson.write(definition());
  }

  @Nullable Object input() {
    return json.get("input_text") instanceof String text ? Json.parse(text) : Map.of();
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> request() {
    return json.get("request") instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> expect() {
    return json.get("expect") instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
