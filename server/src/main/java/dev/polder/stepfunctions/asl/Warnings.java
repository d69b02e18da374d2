package dev.polder.stepfunctions.asl;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds what is allowed in JSONPath states but hardly meant: texts that look like paths where none
/// is evaluated
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html).
final class Warnings {
  private static final Pattern PATH = Pattern.compile("\\$\\$?([.\\[].+)?");
  private static final Set<String> TEMPLATES =
      Set.of("Parameters", "ResultSelector", "ItemSelector", "BatchInput");
  private static final Set<String> CARRIERS = Set.of("ItemReader", "ItemBatcher", "ResultWriter");
  private static final Set<String> TEXTS = Set.of("Error", "Cause", "Timestamp");

  private final Findings findings;

  private Warnings(Findings findings) {
    this.findings = findings;
  }

  static void find(Fields machine, QueryLanguage language) {
    new Warnings(machine.findings()).graph(machine.values(), machine.location(), language);
  }

  private void graph(@Nullable Object graph, String location, QueryLanguage language) {
    if (graph instanceof Map<?, ?> map && map.get("States") instanceof Map<?, ?> states) {
      states.forEach((name, state) -> {
        if (state instanceof Map<?, ?> fields) {
          state(fields, location + "/States/" + name, language);
        }
      });
    }
  }

  private void state(Map<?, ?> state, String location, QueryLanguage around) {
    QueryLanguage language =
        "JSONata".equals(state.get("QueryLanguage")) ? QueryLanguage.JSONATA : around;
    if (language == QueryLanguage.JSONPATH) {
      fields(state, location);
      if ("Pass".equals(state.get("Type")) && holdsPath(state.get("Result"))) {
        findings.warn(
            "PASS_RESULT_IS_STATIC",
            "The Result of a Pass state is static: paths in it are not evaluated.",
            location + "/Result");
      }
    }
    for (String processor : List.of("ItemProcessor", "Iterator")) {
      graph(state.get(processor), location + "/" + processor, language);
    }
    if (state.get("Branches") instanceof List<?> branches) {
      for (int i = 0; i < branches.size(); i++) {
        graph(branches.get(i), location + "/Branches[" + i + "]", language);
      }
    }
  }

  private void fields(Map<?, ?> state, String location) {
    state.forEach((key, value) -> {
      String name = String.valueOf(key);
      String at = location + "/" + name;
      if (TEMPLATES.contains(name)) {
        template(value, at);
      } else if (CARRIERS.contains(name) && value instanceof Map<?, ?> carrier) {
        fields(carrier, at);
      } else if (TEXTS.contains(name) && isPath(value)) {
        noPath(name, at);
      } else if (name.equals("Choices")) {
        rules(value, at);
      }
    });
  }

  private void template(@Nullable Object value, String location) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, below) -> {
        String name = String.valueOf(key);
        if (!name.endsWith(".$") && isPath(below)) {
          findings.warn(
              "NO_DOLLAR",
              "The value of '" + name + "' looks like a path, but the name does not end in '.$'.",
              location + "/" + name);
        }
        template(below, location + "/" + name);
      });
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        template(list.get(i), location + "[" + i + "]");
      }
    }
  }

  private void rules(@Nullable Object value, String location) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        rules(list.get(i), location + "[" + i + "]");
      }
    } else if (value instanceof Map<?, ?> rule) {
      rule.forEach((key, operand) -> {
        String name = String.valueOf(key);
        boolean compares = name.matches("(String|Numeric|Timestamp|Boolean)(?!.*Path$).*");
        if (compares && isPath(operand)) {
          noPath(name, location + "/" + name);
        } else if (Set.of("And", "Or", "Not").contains(name)) {
          rules(operand, location + "/" + name);
        }
      });
    }
  }

  private void noPath(String name, String location) {
    findings.warn(
        "NO_PATH",
        "The value of '" + name + "' looks like a path, but the name does not end in 'Path'.",
        location);
  }

  private static boolean holdsPath(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.values().stream().anyMatch(Warnings::holdsPath);
      case List<?> list -> list.stream().anyMatch(Warnings::holdsPath);
      case null, default -> isPath(value);
    };
  }

  private static boolean isPath(@Nullable Object value) {
    return value instanceof String text && PATH.matcher(text).matches();
  }
}
