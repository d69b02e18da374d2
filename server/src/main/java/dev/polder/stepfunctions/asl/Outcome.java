package dev.polder.stepfunctions.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a state leaves behind.
///
/// @param output the input of the next state
/// @param assigned variables with new values, in the order written; empty for none
public record Outcome(@Nullable Object output, Map<String, @Nullable Object> assigned) {
  public Outcome {
    assigned =
        assigned.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(assigned));
  }
}
