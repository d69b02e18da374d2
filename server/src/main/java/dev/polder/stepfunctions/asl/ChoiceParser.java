package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.ChoiceRule;
import dev.polder.stepfunctions.expression.Comparison;
import dev.polder.stepfunctions.expression.Expression;
import dev.polder.stepfunctions.expression.JsonType;
import dev.polder.stepfunctions.expression.Timestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the rules of Choice states.
final class ChoiceParser {
  private static final Set<String> COMBINATIONS = Set.of("And", "Or", "Not");
  private static final ChoiceRule NEVER = new ChoiceRule.Or(List.of());
  private static final Map<String, Comparison> COMPARISONS = comparisons();
  private static final Set<String> IN_PATHS = inPaths();
  private static final Set<String> IN_JSONATA =
      Set.of("Condition", "Next", "Assign", "Output", "Comment");

  private final Scope scope;
  private final FlowParser flows;

  ChoiceParser(Scope scope, FlowParser flows) {
    this.scope = scope;
    this.flows = flows;
  }

  State.Choice parse(Fields state, State.Header header) {
    List<State.Choice.Branch> branches = new ArrayList<>();
    if (state.require("Choices") && state.list("Choices").isEmpty()) {
      scope.findings().schema("Array must have at least 1 items", state.at("Choices"));
    }
    List<Fields> rules = state.objects("Choices");
    for (int i = 0; i < rules.size(); i++) {
      branches.add(branch(rules.get(i), "Choices[" + i + "]", state));
    }
    return new State.Choice(header, flows.state(state), branches, state.text("Default"));
  }

  private State.Choice.Branch branch(Fields rule, String field, Fields state) {
    rule.require("Next");
    String next = rule.text("Next");
    return new State.Choice.Branch(
        scope.isJsonata() ? condition(rule, field) : rule(rule, true),
        inherited(rule, field, state),
        next == null ? "" : next);
  }

  /// A rule has its own assignments and output; input and output paths are the state's.
  private DataFlow inherited(Fields rule, String field, Fields state) {
    return switch (flows.part(rule, field)) {
      case JsonataFlow own -> {
        JsonataFlow whole = (JsonataFlow) flows.state(state);
        yield own.output() == null ? new JsonataFlow(null, whole.output(), own.assign()) : own;
      }
      case JsonPathFlow own -> {
        JsonPathFlow whole = (JsonPathFlow) flows.state(state);
        yield new JsonPathFlow(
            whole.inputPath(), null, null, whole.resultPath(), whole.outputPath(), own.assign());
      }
    };
  }

  private ChoiceRule condition(Fields rule, String field) {
    rule.refuseOthers(IN_JSONATA);
    if (!rule.require("Condition")) {
      return NEVER;
    }
    Object written = rule.value("Condition");
    if (!(written instanceof Boolean)
        && !(written instanceof String text && text.startsWith("{%"))) {
      scope.findings().schema("Expected value of type Boolean or JSONata", rule.at("Condition"));
      return NEVER;
    }
    Expression test =
        scope
            .templates()
            .jsonata(written, field + "/Condition", rule.at("Condition"), JsonType.BOOLEAN);
    return new ChoiceRule.Condition(test);
  }

  private ChoiceRule rule(Fields rule, boolean top) {
    refuse(rule, top);
    List<String> tests =
        rule.values().keySet().stream()
            .filter(name -> COMBINATIONS.contains(name) || COMPARISONS.containsKey(name))
            .toList();
    if (tests.size() != 1) {
      scope.findings().schema("Exactly one comparison operator is required", rule.location());
      return NEVER;
    }
    String test = tests.getFirst();
    return switch (test) {
      case "And" -> new ChoiceRule.And(rules(rule, test));
      case "Or" -> new ChoiceRule.Or(rules(rule, test));
      case "Not" -> new ChoiceRule.Not(rule(rule.object(test), false));
      default -> comparison(rule, test);
    };
  }

  private void refuse(Fields rule, boolean top) {
    for (String name : rule.values().keySet()) {
      boolean outer = name.equals("Next") || name.equals("Assign");
      if (name.equals("Condition") || name.equals("Output")) {
        scope
            .findings()
            .schema(
                StateType.misplaced(name, QueryLanguage.JSONPATH, QueryLanguage.JSONATA),
                rule.location());
      } else if (!IN_PATHS.contains(name) || (outer && !top)) {
        scope.findings().schema("Field '" + name + "' is not supported", rule.location());
      }
    }
  }

  private List<ChoiceRule> rules(Fields rule, String name) {
    List<ChoiceRule> rules = new ArrayList<>();
    for (Fields each : rule.objects(name)) {
      rules.add(rule(each, false));
    }
    if (rules.isEmpty()) {
      scope.findings().schema("Array must have at least 1 items", rule.at(name));
    }
    return rules;
  }

  private ChoiceRule comparison(Fields rule, String name) {
    Comparison comparison = COMPARISONS.get(name);
    rule.require("Variable");
    String variable = path(rule, "Variable");
    if (comparison == null || variable == null) {
      return NEVER;
    }
    boolean path = name.endsWith("Path");
    String withPath = path ? path(rule, name) : null;
    Object with = path ? null : value(rule, name, comparison);
    return ChoiceRule.Compare.of(comparison, variable, with, withPath, scope.referenced());
  }

  private @Nullable String path(Fields rule, String name) {
    return flows.referencePath(rule, name) == null ? null : rule.text(name);
  }

  private @Nullable Object value(Fields rule, String name, Comparison comparison) {
    return switch (comparison.operand()) {
      case BOOLEAN, TYPE -> rule.truth(name);
      case NUMBER -> rule.number(name);
      case STRING, PATTERN -> rule.text(name);
      case TIMESTAMP -> {
        String text = rule.text(name);
        if (text != null && Timestamps.strict(text) == null) {
          scope.findings().schema("String does not match RFC3339 timestamp", rule.at(name));
        }
        yield text;
      }
    };
  }

  private static Map<String, Comparison> comparisons() {
    Map<String, Comparison> all = new HashMap<>();
    for (Comparison comparison : Comparison.values()) {
      all.put(comparison.text(), comparison);
      if (comparison.operand().hasPath()) {
        all.put(comparison.text() + "Path", comparison);
      }
    }
    return Map.copyOf(all);
  }

  private static Set<String> inPaths() {
    Set<String> all = new HashSet<>(COMPARISONS.keySet());
    all.addAll(COMBINATIONS);
    all.addAll(Set.of("Variable", "Next", "Assign", "Comment"));
    return Set.copyOf(all);
  }
}
