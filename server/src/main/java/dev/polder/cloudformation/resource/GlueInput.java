package dev.polder.cloudformation.resource;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The property of Glue's resources that holds what their operations take as one input, the name in
/// it.
///
/// @param property such as `TableInput`
record GlueInput(String property) {
  private Map<?, ?> of(Map<String, Object> properties) {
    return properties.get(property) instanceof Map<?, ?> map ? map : Map.of();
  }

  /// True if the two give other names.
  boolean renames(Map<String, Object> old, Map<String, Object> now) {
    return !Objects.equals(of(old).get("Name"), of(now).get("Name"));
  }

  /// The name in lower case, as Glue keeps it.
  ///
  /// @param otherwise where the input has none
  String name(ResourceCall call, String otherwise) {
    Object given = of(call.properties()).get("Name");
    return (given == null ? otherwise : String.valueOf(given)).toLowerCase(Locale.ROOT);
  }

  /// The input under a name.
  Map<String, Object> named(ResourceCall call, String name) {
    Map<String, Object> input = new LinkedHashMap<>();
    of(call.properties()).forEach((key, value) -> input.put(String.valueOf(key), value));
    input.put("Name", name);
    return input;
  }
}
