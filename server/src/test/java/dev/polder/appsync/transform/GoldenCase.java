package dev.polder.appsync.transform;

import dev.polder.SharedCases;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A schema with what Amplify's own generator made of it.
///
/// @param id of the case
/// @param schema as the user wrote it
/// @param sdl as generated; null where the generator refused the schema
/// @param tables as generated, by logical name
/// @param refusal the generator's error; null where it accepted the schema
record GoldenCase(
    String id,
    String schema,
    @Nullable String sdl,
    Map<String, Object> tables,
    @Nullable String refusal) {

  static List<GoldenCase> all() throws IOException {
    List<GoldenCase> cases = new ArrayList<>();
    for (String line :
        Files.readAllLines(SharedCases.conformance("graphql/amplify-v2-golden.jsonl"))) {
      cases.add(of(Json.parseObject(line)));
    }
    return cases;
  }

  @SuppressWarnings("unchecked")
  private static GoldenCase of(Map<String, Object> line) {
    return new GoldenCase(
        (String) line.get("id"),
        (String) line.get("schema"),
        (String) line.get("sdl"),
        (Map<String, Object>) line.getOrDefault("tables", Map.of()),
        (String) line.get("v2err"));
  }
}
