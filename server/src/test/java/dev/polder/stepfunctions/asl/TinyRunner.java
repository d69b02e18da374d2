package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Environment;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Runs machines that only compute, to test the language without an engine: no tasks, no time, no
/// history. Branches and iterations run one after another.
final class TinyRunner {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Environment ENVIRONMENT = new Environment(() -> NOW, new Random(7));

  /// How a run ended.
  record Ended(
      String status, @Nullable Object output, @Nullable String error, @Nullable String cause) {}

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final @Nullable String error;
    private final @Nullable String cause;

    Stopped(@Nullable String error, @Nullable String cause) {
      super(String.valueOf(error));
      this.error = error;
      this.cause = cause;
    }
  }

  private final Object input;

  private TinyRunner(@Nullable Object input) {
    this.input = input == null ? Map.of() : input;
  }

  static Ended run(StateMachineDefinition definition, @Nullable Object input) {
    try {
      Object output =
          new TinyRunner(input).graph(definition.graph(), input, new LinkedHashMap<>(), null);
      return new Ended("SUCCEEDED", output, null, null);
    } catch (Stopped e) {
      return new Ended("FAILED", null, e.error, e.cause);
    }
  }

  static boolean canRun(StateGraph graph) {
    for (State state : graph.states().values()) {
      boolean can =
          switch (state) {
            case State.Task task -> false;
            case State.MapState map ->
                map.itemReader() == null
                    && map.resultWriter() == null
                    && map.itemBatcher() == null
                    && canRun(map.itemProcessor().graph());
            case State.Parallel parallel ->
                parallel.branches().stream().allMatch(TinyRunner::canRun);
            default -> true;
          };
      if (!can) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object graph(
      StateGraph graph,
      @Nullable Object start,
      Map<String, @Nullable Object> variables,
      ContextObject.@Nullable Item item) {
    Object value = start;
    String at = graph.startAt();
    while (true) {
      State state = graph.state(at);
      ContextObject context = context(state, item);
      Data data = Data.of(value, context, variables, ENVIRONMENT);
      Step step;
      try {
        step = step(state, data, context);
      } catch (EvaluationFailure e) {
        step = caught(state, data, e.error(), said(state, e), e);
      } catch (Stopped e) {
        step = caught(state, data, e.error, e.cause, e);
      }
      variables.putAll(step.outcome.assigned());
      value = step.outcome.output();
      if (step.next == null) {
        return value;
      }
      at = step.next;
    }
  }

  private record Step(Outcome outcome, @Nullable String next) {}

  private static String said(State state, EvaluationFailure e) {
    return "An error occurred while executing the state '" + state.name() + "'. " + e.cause();
  }

  private static Step caught(
      State state, Data data, @Nullable String error, @Nullable String cause, RuntimeException e) {
    List<Catcher> catchers =
        switch (state) {
          case State.MapState map -> map.catchers();
          case State.Parallel parallel -> parallel.catchers();
          default -> List.of();
        };
    for (Catcher catcher : catchers) {
      if (catcher.errors().matches(String.valueOf(error))) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("Error", error);
        output.put("Cause", cause);
        return new Step(catcher.flow().caught(data, output), catcher.next());
      }
    }
    throw e instanceof Stopped s ? s : new Stopped(error, cause);
  }

  private Step step(State state, Data data, ContextObject context) {
    return switch (state) {
      case State.Pass s -> new Step(s.outcome(data), next(s.transition()));
      case State.Wait s -> {
        s.delay().until(data.withInput(s.flow().input(data)), NOW);
        yield new Step(s.flow().pass(data), next(s.transition()));
      }
      case State.Choice s -> {
        State.Choice.Selection selection = s.select(data);
        yield new Step(selection.outcome(), selection.next());
      }
      case State.Succeed s -> new Step(s.flow().pass(data), null);
      case State.Fail s -> {
        State.Fail.Failure failure = s.failure(data);
        throw new Stopped(failure.error(), failure.cause());
      }
      case State.Parallel s -> {
        Object arguments = s.flow().arguments(data);
        List<@Nullable Object> results = new ArrayList<>();
        for (StateGraph branch : s.branches()) {
          results.add(graph(branch, arguments, new LinkedHashMap<>(data.variables()), null));
        }
        yield new Step(s.flow().leave(data, results), next(s.transition()));
      }
      case State.MapState s -> map(s, data, context);
      case State.Task s -> throw new IllegalStateException("No tasks here");
    };
  }

  private Step map(State.MapState state, Data data, ContextObject context) {
    Data entered = data.withInput(state.flow().input(data));
    if (state.maxConcurrency() != null) {
      state.maxConcurrency().whole(entered);
    }
    if (state.toleratedFailureCount() != null) {
      state.toleratedFailureCount().whole(entered);
    }
    if (state.toleratedFailurePercentage() != null) {
      state.toleratedFailurePercentage().decimal(entered);
    }
    MapItems items = state.items(data);
    boolean inline = state.itemProcessor().mode() == ItemProcessor.Mode.INLINE;
    List<@Nullable Object> results = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ContextObject.Item item = items.at(i);
      Object each = state.itemInput(data, context, item);
      Map<String, @Nullable Object> variables =
          inline ? new LinkedHashMap<>(data.variables()) : new LinkedHashMap<>();
      results.add(graph(state.itemProcessor().graph(), each, variables, inline ? item : null));
    }
    return new Step(state.flow().leave(data, results), next(state.transition()));
  }

  private static @Nullable String next(Transition transition) {
    return transition instanceof Transition.Next next ? next.state() : null;
  }

  private ContextObject context(State state, ContextObject.@Nullable Item item) {
    return new ContextObject(
        new ContextObject.Execution(
            "arn:aws:states:us-east-1:111111111111:execution:machine:run",
            input,
            NOW.toString(),
            "run",
            "role",
            0,
            null),
        new ContextObject.Machine(
            "arn:aws:states:us-east-1:111111111111:stateMachine:machine", "machine"),
        new ContextObject.State(state.name(), NOW.toString(), null),
        null,
        item);
  }
}
