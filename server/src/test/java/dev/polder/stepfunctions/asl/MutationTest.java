package dev.polder.stepfunctions.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Definitions with random damage are accepted or refused, and never more than that; machines that
/// are still accepted run to an end or a named error.
final class MutationTest {
  private static final String WHOLE =
      """
      {"Comment":"c","StartAt":"P","TimeoutSeconds":60,"States":{
       "P":{"Type":"Pass","Parameters":{"a.$":"$.a[0]","b":{"c.$":"States.Format('{}', $$.State.Name)"}},
            "ResultPath":"$.r","Assign":{"x.$":"$.a","y":1},"Next":"C"},
       "C":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.r","IsPresent":true},
            {"Not":{"Variable":"$x","IsNull":true}}],"Next":"W"},
            {"Variable":"$.n","NumericLessThanPath":"$.m","Next":"F"}],"Default":"S"},
       "W":{"Type":"Wait","SecondsPath":"$.n","Next":"M"},
       "M":{"Type":"Map","ItemsPath":"$.list","ItemSelector":{"v.$":"$$.Map.Item.Value"},
            "MaxConcurrency":2,"ToleratedFailurePercentage":10,
            "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"I",
             "States":{"I":{"Type":"Pass","End":true}}},
            "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"BackoffRate":1.5}],
            "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Next":"S"}],"Next":"J"},
       "J":{"Type":"Pass","QueryLanguage":"JSONata","Output":{"n":"{% $count($states.input.list) %}",
            "l":["{% $x %}",null,1.5]},"Assign":{"z":"{% $states.context.State.Name %}"},"Next":"L"},
       "L":{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}],
            "OutputPath":"$[0]","Next":"S"},
       "S":{"Type":"Succeed"},"F":{"Type":"Fail","ErrorPath":"$.e","Cause":"c"}}}
      """;
  private static final List<String> TEXTS =
      List.of(
          "",
          "$",
          "$.a",
          "$$.x[*]",
          "$v",
          "$.",
          "$[",
          "States.Array(",
          "{% $x %}",
          "{% 1 + %}",
          "{% a.b %}",
          "{%%}",
          "S",
          "Pass",
          "Map",
          "JSONata",
          "2020-01-01T00:00:00Z",
          "\u0000",
          "States.Format('{}', $.a)",
          "arn:aws:states:::lambda:invoke");

  @Test
  void damagedDefinitionsAreAcceptedOrRefused() {
    long seed = Long.getLong("seed", 20_260_101L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      Object damaged = Json.parse(WHOLE);
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        damaged = damaged(damaged, random);
      }
      String text = Json.write(damaged);
      Parsed parsed = DefinitionParser.parse(text);
      if (parsed instanceof Parsed.Valid valid) {
        accepted++;
        assertThat(run(valid)).as(text).isIn("SUCCEEDED", "FAILED");
      } else {
        assertThat(parsed.diagnostics()).as(text).isNotEmpty();
      }
    }
    assertThat(accepted).isGreaterThan(500);
  }

  private static String run(Parsed.Valid valid) {
    if (!TinyRunner.canRun(valid.definition().graph()) || loops(valid.definition().graph())) {
      return "SUCCEEDED";
    }
    Map<String, Object> input = Map.of("a", List.of(7), "n", 1, "list", List.of(1, 2));
    return TinyRunner.run(valid.definition(), input).status();
  }

  /// Whether a state leads to one before it, as written: such a machine may never end.
  private static boolean loops(StateGraph graph) {
    List<String> order = new ArrayList<>(graph.states().keySet());
    for (State state : graph.states().values()) {
      for (Leads leads : Leads.of(state)) {
        if (order.indexOf(leads.target()) <= order.indexOf(state.name())) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Object damaged(@Nullable Object value, Random random) {
    boolean here = random.nextInt(6) == 0;
    if (value instanceof Map<?, ?> map && !map.isEmpty() && !here) {
      List<Object> names = new ArrayList<>(map.keySet());
      Object name = names.get(random.nextInt(names.size()));
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
      switch (random.nextInt(8)) {
        case 0 -> copy.remove(name);
        case 1 -> copy.put(TEXTS.get(random.nextInt(TEXTS.size())), map.get(name));
        default -> copy.put(name, damaged(map.get(name), random));
      }
      return copy;
    }
    if (value instanceof List<?> list && !list.isEmpty() && !here) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int index = random.nextInt(list.size());
      copy.set(index, damaged(list.get(index), random));
      return copy;
    }
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> true;
      case 2 -> random.nextInt(200) - 50;
      case 3 -> 1.5;
      case 4 -> Map.of();
      case 5 -> List.of();
      default -> TEXTS.get(random.nextInt(TEXTS.size()));
    };
  }
}
