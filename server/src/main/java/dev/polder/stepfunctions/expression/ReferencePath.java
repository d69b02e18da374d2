package dev.polder.stepfunctions.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A path that names exactly one place: fields and array positions only.
///
/// @param steps field names (`String`) and array positions (`Integer`)
public record ReferencePath(String text, List<Object> steps) {
  /// `$`: everything.
  public static final ReferencePath ROOT = new ReferencePath("$", List.of());

  public ReferencePath {
    steps = List.copyOf(steps);
  }

  /// Reads a path that names one place in the input; null if the text is something else.
  public static @Nullable ReferencePath parse(String text) {
    return Path.isPlain(text) && !text.contains("[-")
        ? new ReferencePath(text, Path.steps(text))
        : null;
  }

  /// A copy of the value with another value at this place. Missing objects on the way are made.
  ///
  /// @throws EvaluationFailure with `States.ResultPathMatchFailure` if something on the way is
  ///   neither an object nor an array that is long enough
  public @Nullable Object put(@Nullable Object value, @Nullable Object placed) {
    return put(value, placed, 0);
  }

  private @Nullable Object put(@Nullable Object at, @Nullable Object placed, int step) {
    if (step == steps.size()) {
      return placed;
    }
    return switch (steps.get(step)) {
      case Integer index -> inList(at, index, placed, step);
      case Object name -> inObject(at, (String) name, placed, step);
    };
  }

  private Object inObject(@Nullable Object at, String name, @Nullable Object placed, int step) {
    if (at != null && !(at instanceof Map)) {
      throw mismatch();
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (at instanceof Map<?, ?> fields) {
      fields.forEach((k, v) -> copy.put((String) k, v));
    }
    copy.put(name, put(copy.get(name), placed, step + 1));
    return copy;
  }

  private Object inList(@Nullable Object at, int index, @Nullable Object placed, int step) {
    if (!(at instanceof List<?> list) || index >= list.size()) {
      throw mismatch();
    }
    List<@Nullable Object> copy = new ArrayList<>(list);
    copy.set(index, put(copy.get(index), placed, step + 1));
    return copy;
  }

  private EvaluationFailure mismatch() {
    return new EvaluationFailure(
        "States.ResultPathMatchFailure",
        "Unable to apply ReferencePath " + text + " to input",
        null);
  }
}
