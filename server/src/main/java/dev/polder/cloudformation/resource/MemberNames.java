package dev.polder.cloudformation.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How members are spelt: all begin in upper case in templates, and those of some APIs in lower
/// case there.
final class MemberNames {
  private MemberNames() {}

  static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  static String lowered(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /// Properties under the names of the API, at every depth.
  static Map<String, Object> lowered(Map<?, ?> properties) {
    Map<String, Object> lowered = new LinkedHashMap<>();
    properties.forEach(
        (key, value) -> lowered.put(lowered(String.valueOf(key)), loweredWithin(value)));
    return lowered;
  }

  static Object loweredWithin(Object value) {
    return switch (value) {
      case Map<?, ?> map -> lowered(map);
      case List<?> list -> list.stream().map(MemberNames::loweredWithin).toList();
      default -> value;
    };
  }
}
