package dev.polder.lambda;

import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A name for a version.
///
/// @param version a number, or `$LATEST`
record Alias(String name, String version, String description, String revisionId) {

  byte[] bytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("version", version);
    json.put("description", description);
    json.put("revisionId", revisionId);
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static Alias of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new Alias(
        json.text("name"), json.text("version"), json.text("description"), json.text("revisionId"));
  }
}
