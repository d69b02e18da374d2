package dev.polder.stepfunctions.asl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads states that lead to one another, and checks that they do.
final class GraphParser {
  private static final int LONGEST_NAME = 80;
  private static final int DEEPEST = 100;

  private final QueryLanguage machineLanguage;
  private final boolean single;
  private final Map<String, List<String>> references = new TreeMap<>();
  private final Map<String, String> places = new HashMap<>();
  private ItemProcessor.ExecutionType type;
  private int depth;

  /// @param single one state is read by itself: where it leads does not matter
  GraphParser(QueryLanguage machineLanguage, ItemProcessor.ExecutionType type, boolean single) {
    this.machineLanguage = machineLanguage;
    this.type = type;
    this.single = single;
  }

  boolean isSingleState() {
    return single;
  }

  /// The variables that states read, by the state's name.
  Map<String, List<String>> references() {
    return references;
  }

  void referenced(String state, Set<String> variables) {
    if (!variables.isEmpty()) {
      references.put(state, List.copyOf(variables));
    }
  }

  /// What an Express state machine cannot do.
  void checkExpress(@Nullable Resource resource, Fields state) {
    if (type != ItemProcessor.ExecutionType.EXPRESS || resource == null) {
      return;
    }
    String refused =
        switch (resource) {
          case Resource.Activity activity -> "Activity ARN";
          case Resource.Function function -> "";
          case Resource.Optimized call -> integration(call.pattern());
          case Resource.Sdk call -> integration(call.pattern());
        };
    if (!refused.isEmpty()) {
      state
          .findings()
          .schema("Express state machine does not support " + refused, state.at("Resource"));
    }
  }

  private static String integration(Resource.Pattern pattern) {
    return pattern == Resource.Pattern.REQUEST_RESPONSE
        ? ""
        : "'" + pattern.suffix() + "' service integration";
  }

  /// The graph of child executions, which may be of another type than the execution around them.
  StateGraph parse(Fields graph, ItemProcessor.ExecutionType childType) {
    ItemProcessor.ExecutionType outer = type;
    type = childType;
    try {
      return parse(graph);
    } finally {
      type = outer;
    }
  }

  StateGraph parse(Fields graph) {
    if (++depth > DEEPEST) {
      graph
          .findings()
          .report("TOO_DEEPLY_NESTED", "States are too deeply nested", graph.location());
      return new StateGraph("", Map.of());
    }
    boolean complete = graph.require("StartAt", "States");
    String startAt = graph.text("StartAt");
    Map<String, State> states = new LinkedHashMap<>();
    Fields written = graph.object("States");
    if (graph.has("States") && written.values().isEmpty()) {
      graph.findings().schema("Object must have at least 1 properties", written.location());
    }
    boolean known = true;
    for (String name : written.values().keySet()) {
      State state = state(name, Fields.of(written.value(name), written.at(name), graph.findings()));
      known &= state != null;
      if (state != null) {
        states.put(name, state);
      }
    }
    StateGraph parsed = new StateGraph(startAt == null ? "" : startAt, states);
    if (complete && known && startAt != null) {
      checkTransitions(parsed, graph);
    }
    depth--;
    return parsed;
  }

  private @Nullable State state(String name, Fields state) {
    Findings findings = state.findings();
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      findings.report("INVALID_STATE_NAME", "Invalid State name: '" + name + "'", state.location());
    }
    if (places.putIfAbsent(name, state.location()) != null) {
      findings.report("DUPLICATE_STATE_NAME", "Duplicate State name: " + name, state.location());
    }
    return StateParser.parse(this, name, state, language(state));
  }

  /// A state inherits the language of the machine, whatever the state around it says.
  private QueryLanguage language(Fields state) {
    QueryLanguage own = Languages.of(state, machineLanguage);
    if (machineLanguage == QueryLanguage.JSONATA && own == QueryLanguage.JSONPATH) {
      state
          .findings()
          .schema(
              "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
              state.location());
    }
    return own;
  }

  private void checkTransitions(StateGraph graph, Fields written) {
    boolean ends = single;
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    go(graph, graph.startAt(), written.at("StartAt"), seen, open, written.findings());
    List<String> order = new ArrayList<>(graph.states().keySet());
    for (String name : order) {
      for (Leads leads : Leads.of(graph.state(name))) {
        if (!graph.states().containsKey(leads.target()) && !single) {
          missing(leads.target(), leads.location(), written.findings());
        }
      }
      ends |= Leads.ends(graph.state(name));
    }
    while (!open.isEmpty()) {
      for (Leads leads : Leads.of(graph.state(open.pop()))) {
        if (graph.states().containsKey(leads.target()) && seen.add(leads.target())) {
          open.push(leads.target());
        }
      }
    }
    report(order, seen, ends, written);
  }

  private static void go(
      StateGraph graph,
      String start,
      String location,
      Set<String> seen,
      Deque<String> open,
      Findings findings) {
    if (graph.states().containsKey(start)) {
      seen.add(start);
      open.push(start);
    } else {
      missing(start, location, findings);
    }
  }

  /// Without a terminal state nothing is said of states that cannot be reached (observed).
  private void report(List<String> order, Set<String> seen, boolean ends, Fields written) {
    if (!ends) {
      written
          .findings()
          .add(
              new Diagnostic(
                  "MISSING_END_STATE",
                  Diagnostic.Severity.ERROR,
                  "Workflow has no terminal state",
                  null));
      return;
    }
    for (String name : order) {
      if (!seen.contains(name) && !single) {
        written
            .findings()
            .report(
                "MISSING_TRANSITION_TARGET",
                "State \"" + name + "\" is not reachable.",
                written.at("States") + "/" + name);
      }
    }
  }

  private static void missing(String target, String location, Findings findings) {
    findings.report("MISSING_TRANSITION_TARGET", "Missing 'Next' target: " + target, location);
  }
}
