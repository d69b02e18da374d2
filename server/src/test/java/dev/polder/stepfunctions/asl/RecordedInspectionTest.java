package dev.polder.stepfunctions.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Environment;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The data that TestState shows, as far as no engine is needed: with mocks, or without work.
final class RecordedInspectionTest {
  private static final Environment ENVIRONMENT =
      new Environment(() -> Instant.parse("2030-01-01T00:00:00Z"), new Random(7));

  @Test
  void dataOnItsWayIsShownAsRecorded() throws IOException {
    var tally = new Tally();
    for (RecordedCase recorded : RecordedCase.all()) {
      if (recorded.kind().equals("test_state")
          && recorded.at("expect", "response", "inspectionData") instanceof Map<?, ?> expected) {
        State state = state(recorded);
        if (!(state instanceof State.Task) || recorded.at("request", "mock") != null) {
          check(recorded, state, expected, tally);
        }
      }
    }
    tally.print("Inspection data of TestState");
    assertThat(tally.misses()).isEmpty();
  }

  private static void check(RecordedCase recorded, State state, Map<?, ?> expected, Tally tally) {
    Map<String, @Nullable Object> got = new LinkedHashMap<>(inspected(recorded, state));
    Map<Object, @Nullable Object> sought = new LinkedHashMap<>(expected);
    sought.remove("errorDetails");
    sought.remove("variables");
    if (RecordedValue.matches(sought, got)) {
      tally.passed(recorded.area());
    } else {
      tally.failed(
          recorded.area(),
          recorded.file()
              + "\n    expected "
              + Json.write(sought)
              + "\n    got      "
              + Json.write(got));
    }
  }

  private static Map<String, @Nullable Object> inspected(RecordedCase recorded, State state) {
    String input = recorded.at("request", "input") instanceof String text ? text : "{}";
    Data data = Data.of(Json.parse(input), context(recorded, input), Map.of(), ENVIRONMENT);
    Object mocked = recorded.at("request", "mock", "result");
    if (recorded.at("request", "mock", "errorOutput") != null
        || recorded.at("expect", "response", "error") != null) {
      return Inspection.before(state, data);
    }
    return Inspection.after(
        state, data, mocked instanceof String result ? Json.parse(result) : null);
  }

  private static Map<String, @Nullable Object> context(RecordedCase recorded, String input) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    if (recorded.at("request", "context") instanceof String text) {
      context.putAll(Json.parseObject(text));
    } else {
      context.put("Execution", Map.of("Input", String.valueOf(input)));
    }
    return context;
  }

  private static State state(RecordedCase recorded) {
    Object definition = recorded.definition();
    String text = String.valueOf(recorded.definitionText());
    if (definition instanceof Map<?, ?> map && map.containsKey("States")) {
      Parsed parsed = DefinitionParser.parse(text);
      if (parsed instanceof Parsed.Valid valid) {
        return find(valid.definition().graph(), recorded.text("request", "stateName"));
      }
    } else if (DefinitionParser.parseState("State", text) instanceof Parsed.Valid valid) {
      return valid.definition().graph().state("State");
    }
    throw new AssertionError(recorded.file());
  }

  private static State find(StateGraph graph, String name) {
    State found = graph.states().get(name);
    if (found != null) {
      return found;
    }
    for (State state : graph.states().values()) {
      if (state instanceof State.MapState map) {
        return find(map.itemProcessor().graph(), name);
      }
    }
    throw new AssertionError(name);
  }
}
