package dev.polder.stepfunctions.expression;

import dev.polder.kernel.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Evaluates single expressions: the value in JSON, or the failure as `error: cause`.
final class Try {
  static final Environment ENVIRONMENT =
      new Environment(() -> Instant.parse("2030-01-01T00:00:00Z"), new Random(7));

  private Try() {}

  /// A field of a payload template.
  static String template(String expression, String input) {
    List<String> problems = new ArrayList<>();
    Expression compiled =
        templates(problems).pathOrCall(expression, "field.$", "/States/S/Parameters");
    return problems.isEmpty() ? evaluated(compiled, input) : String.join(", ", problems);
  }

  /// A JSONata expression in the field Output.
  static String jsonata(String expression, String input) {
    List<String> problems = new ArrayList<>();
    Expression compiled =
        templates(problems).jsonata("{% " + expression + " %}", "Output", "/States/S/Output");
    return problems.isEmpty() ? evaluated(compiled, input) : String.join(", ", problems);
  }

  static String evaluated(Expression compiled, String input) {
    try {
      return Json.write(compiled.evaluate(data(input)));
    } catch (EvaluationFailure e) {
      return e.error() + ": " + e.cause();
    }
  }

  static Data data(String input) {
    Object value = Json.parse(input);
    Map<String, @Nullable Object> variables = Map.of("v", 42, "list", List.of(1, 2, 3));
    return Data.of(value, Map.of("State", Map.of("Name", "S")), variables, ENVIRONMENT);
  }

  private static Templates templates(List<String> problems) {
    return new Templates(
        (code, message, location) -> problems.add(code + ": " + message + " at " + location),
        new TreeSet<>());
  }
}
