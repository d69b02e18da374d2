package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import dev.polder.stepfunctions.expression.Expression;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What TestState shows of the data on its way through a state: the members of `inspectionData`, as
/// values (recorded; a member is there only where the state has come so far).
public final class Inspection {
  private final State state;
  private final Data data;
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  private boolean complete = true;

  private Inspection(State state, Data data) {
    this.state = state;
    this.data = data;
  }

  /// Up to the state's work.
  public static Map<String, @Nullable Object> before(State state, Data data) {
    var inspection = new Inspection(state, data);
    inspection.begin();
    return inspection.members;
  }

  /// Up to the output, given what the work resulted in.
  ///
  /// @param result of a Task, Parallel or Map state; for others it is not looked at
  public static Map<String, @Nullable Object> after(
      State state, Data data, @Nullable Object result) {
    var inspection = new Inspection(state, data);
    inspection.begin();
    inspection.finish(result);
    return inspection.members;
  }

  /// A field that fails ends what is shown; the failure itself is told elsewhere.
  private void begin() {
    members.put("input", data.input());
    try {
      switch (state.flow()) {
        case JsonPathFlow flow -> enter(flow);
        case JsonataFlow flow -> enter(flow);
      }
      if (state instanceof State.MapState map) {
        limits(map);
      }
    } catch (EvaluationFailure e) {
      complete = false;
    }
  }

  private void enter(JsonPathFlow flow) {
    boolean fixed = state instanceof State.Pass pass && pass.result() != null;
    if (fixed || state instanceof State.Fail || state instanceof State.Parallel) {
      return;
    }
    members.put("afterInputPath", flow.input(data));
    if (state instanceof State.Pass || state instanceof State.Task) {
      members.put("afterParameters", flow.arguments(data));
    } else if (state instanceof State.MapState map && map.itemReader() == null) {
      members.put("afterItemsPath", map.items(data).values());
    }
  }

  private void enter(JsonataFlow flow) {
    if (state instanceof State.Task && flow.arguments() != null) {
      members.put("afterArguments", flow.arguments(data));
    }
  }

  private void limits(State.MapState map) {
    Data entered = data.withInput(map.flow().input(data));
    Quantity most = map.maxConcurrency();
    members.put("maxConcurrency", most == null ? 0 : whole(most, entered));
    if (map.toleratedFailureCount() != null) {
      members.put("toleratedFailureCount", whole(map.toleratedFailureCount(), entered));
    }
    if (map.toleratedFailurePercentage() != null) {
      members.put("toleratedFailurePercentage", map.toleratedFailurePercentage().decimal(entered));
    }
  }

  private static int whole(Quantity quantity, Data entered) {
    return Math.clamp(quantity.whole(entered), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private void finish(@Nullable Object given) {
    if (!complete) {
      return;
    }
    try {
      switch (state) {
        case State.Pass pass -> passed(pass);
        case State.Task task -> worked(given, true);
        case State.Parallel parallel -> worked(given, false);
        case State.MapState map -> worked(given, false);
        case State.Choice choice -> {}
        case State.Wait waiting -> {}
        case State.Succeed succeed -> {}
        case State.Fail fail -> {}
      }
    } catch (EvaluationFailure e) {
      complete = false;
    }
  }

  private void passed(State.Pass pass) {
    if (pass.flow() instanceof JsonPathFlow flow) {
      Expression fixed = pass.result();
      Object result = fixed == null ? flow.arguments(data) : fixed.evaluate(data);
      if (fixed != null) {
        members.put("result", result);
      }
      combined(flow, result);
    }
  }

  private void worked(@Nullable Object result, boolean shown) {
    if (shown) {
      members.put("result", result);
    }
    if (state.flow() instanceof JsonPathFlow flow) {
      combined(flow, result);
    }
  }

  private void combined(JsonPathFlow flow, @Nullable Object result) {
    Object selected = flow.selected(data, result);
    members.put("afterResultSelector", selected);
    members.put("afterResultPath", flow.resultPath().place(data.input(), selected));
  }
}
