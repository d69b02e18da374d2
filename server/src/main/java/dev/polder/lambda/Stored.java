package dev.polder.lambda;

import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object that this service wrote: its members are there and have the types that were given.
record Stored(Map<String, Object> json) {

  static Stored of(byte[] utf8) {
    return new Stored(Json.parseObject(new String(utf8, StandardCharsets.UTF_8)));
  }

  private Object member(String name) {
    return Objects.requireNonNull(json.get(name), name);
  }

  /// True if the member is there and not null.
  boolean has(String name) {
    return json.get(name) != null;
  }

  Set<String> names() {
    return json.keySet();
  }

  String text(String name) {
    return (String) member(name);
  }

  int whole(String name) {
    return ((Number) member(name)).intValue();
  }

  long number(String name) {
    return ((Number) member(name)).longValue();
  }

  boolean flag(String name) {
    return (Boolean) member(name);
  }

  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(name).json.forEach((key, value) -> texts.put(key, (String) value));
    return texts;
  }

  @SuppressWarnings("unchecked")
  Stored object(String name) {
    @Nullable Object value = member(name);
    return new Stored((Map<String, Object>) value);
  }
}
