package dev.polder.stepfunctions.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes state machines of every kind of state, nested. Tasks call the function `f`, maps read
/// `$.items`, errors are called `Boom`.
public final class RandomMachines {
  private final Random random;
  private int names;

  public RandomMachines(Random random) {
    this.random = random;
  }

  /// A definition in [dev.polder.kernel.Json] form.
  public Map<String, Object> machine() {
    return graph(0);
  }

  private Map<String, Object> graph(int depth) {
    int size = 1 + random.nextInt(4);
    int first = names;
    names += size;
    Map<String, Object> states = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Map<String, Object> state = state(depth, first + i, i + 1 == size);
      if (!"Fail".equals(state.get("Type"))) {
        if (i + 1 < size) {
          state.put("Next", "S" + (first + i + 1));
        } else {
          state.put("End", true);
        }
      }
      states.put("S" + (first + i), state);
    }
    Map<String, Object> graph = new LinkedHashMap<>();
    graph.put("StartAt", "S" + first);
    graph.put("States", states);
    return graph;
  }

  private Map<String, Object> state(int depth, int number, boolean last) {
    Map<String, Object> state = new LinkedHashMap<>();
    int kind = random.nextInt(depth < 2 ? 8 : 5);
    switch (kind) {
      case 0 -> {
        state.put("Type", "Pass");
        state.put("Assign", Map.of("v" + number, number));
      }
      case 1 -> {
        state.put("Type", "Wait");
        state.put("Seconds", 1 + random.nextInt(9));
      }
      case 2, 3 -> {
        state.put("Type", "Task");
        state.put("Resource", "arn:aws:lambda:us-east-1:000000000000:function:f");
        state.put("TimeoutSeconds", 1 + random.nextInt(50));
        retried(state);
      }
      case 4 -> {
        boolean fails = last && random.nextInt(4) == 0;
        state.put("Type", fails ? "Fail" : "Pass");
        if (fails) {
          state.put("Error", "Boom");
        }
      }
      case 5, 6 -> {
        state.put("Type", "Parallel");
        state.put("Branches", List.of(graph(depth + 1), graph(depth + 1)));
        state.put("ResultPath", null);
        retried(state);
      }
      default -> {
        state.put("Type", "Map");
        state.put("ItemsPath", "$.items");
        state.put("ItemSelector", Map.of("items.$", "$.items", "n.$", "$$.Map.Item.Value"));
        state.put("MaxConcurrency", random.nextInt(3));
        state.put("ItemProcessor", graph(depth + 1));
        state.put("ResultPath", null);
        retried(state);
      }
    }
    return state;
  }

  private void retried(Map<String, Object> state) {
    if (random.nextBoolean()) {
      state.put(
          "Retry",
          List.of(Map.of("ErrorEquals", List.of("Boom"), "MaxAttempts", random.nextInt(3))));
    }
  }
}
