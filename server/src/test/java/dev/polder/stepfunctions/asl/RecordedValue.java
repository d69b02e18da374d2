package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compares values with recorded ones, in which much has been replaced by placeholders.
final class RecordedValue {
  private static final List<String> PLACEHOLDERS =
      List.of("date", "start-time", "entered-time", "snf_role_arn", "sfn_role_arn");

  private RecordedValue() {}

  /// Recorded texts stand for JSON in strings; parts between angle brackets stand for anything.
  static boolean matches(@Nullable Object expected, @Nullable Object got) {
    if (expected instanceof String text && !(got instanceof String)) {
      try {
        return matches(Json.parse(text), got);
      } catch (Json.Malformed e) {
        return text.startsWith("<");
      }
    }
    if (expected instanceof Map<?, ?> a && got instanceof Map<?, ?> b) {
      return a.keySet().equals(b.keySet())
          && a.keySet().stream().allMatch(key -> matches(a.get(key), b.get(key)));
    }
    if (expected instanceof List<?> a && got instanceof List<?> b) {
      boolean same = a.size() == b.size();
      for (int i = 0; same && i < a.size(); i++) {
        same = matches(a.get(i), b.get(i));
      }
      return same;
    }
    if (expected instanceof String text && (text.contains("<") || PLACEHOLDERS.contains(text))) {
      return true;
    }
    if (expected instanceof String text && got instanceof String other && !text.equals(other)) {
      try {
        return Objects.equals(Json.parse(text), Json.parse(other))
            || Objects.equals(other, Json.parse(text));
      } catch (Json.Malformed e) {
        return false;
      }
    }
    return Objects.equals(expected, got);
  }
}
