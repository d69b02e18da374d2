package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a task is given, seen as an object with members in Pascal case.
record Arguments(Map<String, @Nullable Object> members) {

  @SuppressWarnings("unchecked")
  static Arguments of(@Nullable Object value) {
    return new Arguments(
        value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of());
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  /// A member as text; null where it is missing or null. What is no string is written as JSON.
  @Nullable String text(String name) {
    return members.get(name) instanceof Object value ? asText(value) : null;
  }

  static String asText(Object value) {
    return value instanceof String s ? s : Json.write(value);
  }

  /// The same with another member.
  Arguments with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return new Arguments(changed);
  }

  /// The same with a member turned into text, where it is there.
  Arguments withText(String name) {
    String text = text(name);
    return text == null ? this : with(name, text);
  }
}
