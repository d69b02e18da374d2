package dev.polder.stepfunctions;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Execution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The context object of a state under test: one given, or one made up.
final class TestContext {
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "Execution",
          Set.of("Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"),
          "State",
          Set.of("EnteredTime", "Name", "RetryCount"),
          "StateMachine",
          Set.of("Id", "Name"),
          "Task",
          Set.of("Token"));
  private static final Set<String> NUMBERS = Set.of("RedriveCount", "RetryCount");

  private TestContext() {}

  /// Reads a JSON object.
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> object(String text) {
    try {
      if (Json.parse(text) instanceof Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
      }
    } catch (Json.Malformed e) {
      throw StepFunctionsErrors.validation(
          "Expected a JSON object: " + Constraints.withoutPlace(String.valueOf(e.getMessage())));
    }
    throw StepFunctionsErrors.validation("Expected a JSON object");
  }

  static Map<String, @Nullable Object> given(String text) {
    Map<String, @Nullable Object> context = object(text);
    context.forEach(TestContext::check);
    return context;
  }

  private static void check(String name, @Nullable Object value) {
    if (name.equals("Map")) {
      throw invalid("'Map' field is not supported when mocking a Context object");
    }
    Set<String> allowed = ALLOWED.get(name);
    if (allowed == null) {
      throw invalid("Field '" + name + "' is not allowed");
    }
    if (!(value instanceof Map<?, ?> members)) {
      throw invalid(name + " must be an object");
    }
    for (var member : members.entrySet()) {
      String field = String.valueOf(member.getKey());
      if (!allowed.contains(field)) {
        throw invalid("Field '" + field + "' is not allowed");
      }
      if (NUMBERS.contains(field) && !(member.getValue() instanceof Number)) {
        throw invalid(name + "." + field + " must be a number");
      }
      if (!NUMBERS.contains(field)
          && !field.equals("Input")
          && !(member.getValue() instanceof String)) {
        throw invalid(name + "." + field + " must be a string");
      }
    }
  }

  private static RuntimeException invalid(String why) {
    return StepFunctionsErrors.validation("Invalid Context object provided: " + why);
  }

  /// Recorded: the state is called `StateName` whatever its name.
  static Map<String, @Nullable Object> made(
      Platform platform, Scope scope, @Nullable String role, @Nullable Object input, State state) {
    String name = platform.ids().uuid();
    String machine = platform.ids().uuid();
    String now = Execution.iso(platform.time().instant().toEpochMilli());
    Map<String, @Nullable Object> execution = new LinkedHashMap<>();
    execution.put("Id", scope.arn("states", "express:" + machine + ":" + name).toString());
    execution.put("Input", input);
    execution.put("Name", name);
    execution.put("RoleArn", role);
    execution.put("StartTime", now);
    Map<String, @Nullable Object> entered = new LinkedHashMap<>();
    entered.put("Name", "StateName");
    entered.put("EnteredTime", now);
    if (state instanceof State.Task
        || state instanceof State.Parallel
        || state instanceof State.MapState) {
      entered.put("RetryCount", 0);
    }
    Map<String, @Nullable Object> machines = new LinkedHashMap<>();
    machines.put("Id", MachineArn.of(scope, machine, null));
    machines.put("Name", machine);
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("Execution", execution);
    context.put("StateMachine", machines);
    context.put("State", entered);
    return context;
  }
}
