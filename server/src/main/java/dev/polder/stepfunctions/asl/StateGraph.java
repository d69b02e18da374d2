package dev.polder.stepfunctions.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// States that lead to one another: a whole machine, a branch of a Parallel state, or what a Map
/// state does with each item.
///
/// @param states by name, in the order written
public record StateGraph(String startAt, Map<String, State> states) {
  public StateGraph {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
  }

  /// The state of a name that the definition mentions.
  ///
  /// @throws IllegalArgumentException if there is none
  public State state(String name) {
    State found = states.get(name);
    if (found == null) {
      throw new IllegalArgumentException("No state '" + name + "'");
    }
    return found;
  }
}
