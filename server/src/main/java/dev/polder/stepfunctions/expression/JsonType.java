package dev.polder.stepfunctions.expression;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of JSON values, as errors name them.
public enum JsonType {
  ARRAY,
  BOOLEAN,
  NULL,
  NUMBER,
  OBJECT,
  STRING;

  /// The type of a value.
  public static JsonType of(@Nullable Object value) {
    return switch (value) {
      case null -> NULL;
      case String text -> STRING;
      case Boolean truth -> BOOLEAN;
      case Number number -> NUMBER;
      case List<?> list -> ARRAY;
      case Map<?, ?> map -> OBJECT;
      default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    };
  }

  /// The name in lower case.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
