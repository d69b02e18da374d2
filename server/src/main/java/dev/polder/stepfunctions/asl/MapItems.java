package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a Map state maps over.
final class MapItems {
  private MapItems() {}

  @SuppressWarnings("unchecked")
  static List<@Nullable Object> items(State.MapState state, Data data) {
    Data entered = data.withInput(state.flow().input(data));
    Object found = state.items() == null ? entered.input() : state.items().evaluate(entered);
    if (found instanceof List<?> list) {
      return (List<@Nullable Object>) list;
    }
    throw state.flow().queryLanguage() == QueryLanguage.JSONATA
        ? new EvaluationFailure(
            "States.QueryEvaluationError",
            "Map state input must be an array but was: " + Json.write(found),
            null)
        : EvaluationFailure.runtime(
            "Reference path \"" + state.itemsPath() + "\" must point to array.");
  }
}
