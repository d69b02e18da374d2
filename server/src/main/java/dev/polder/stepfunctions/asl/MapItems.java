package dev.polder.stepfunctions.asl;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a Map state maps over: the elements of an array, or the fields of an object.
///
/// @param keys the names of the fields, or null for an array
public record MapItems(List<@Nullable Object> values, @Nullable List<String> keys) {

  /// How many iterations there are.
  public int size() {
    return values.size();
  }

  /// The item of an iteration.
  public ContextObject.Item at(int index) {
    return new ContextObject.Item(
        index, values.get(index), keys == null ? null : keys.get(index), null);
  }

  // Objects are for distributed Map states, as they are documented; recorded inline ones refuse
  // them.
  @SuppressWarnings("unchecked")
  static MapItems of(State.MapState state, Data data) {
    Data entered = data.withInput(state.flow().input(data));
    Object found = state.items() == null ? entered.input() : state.items().evaluate(entered);
    if (found instanceof List<?> list) {
      return new MapItems((List<@Nullable Object>) list, null);
    }
    if (found instanceof Map<?, ?> map
        && state.itemProcessor().mode() == ItemProcessor.Mode.DISTRIBUTED) {
      List<@Nullable Object> values = new ArrayList<>(map.values());
      return new MapItems(values, List.copyOf((Set<String>) map.keySet()));
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
