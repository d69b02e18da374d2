package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables that a state assigns. All right sides see the values from before the state.
///
/// @param variables right sides by name, in the order written; empty for none
public record Assignment(Map<String, Expression> variables) {
  static final Assignment NONE = new Assignment(Map.of());

  public Assignment {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  Map<String, @Nullable Object> evaluate(Data data) {
    if (variables.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    variables.forEach((name, right) -> values.put(name, right.evaluate(data)));
    return values;
  }
}
