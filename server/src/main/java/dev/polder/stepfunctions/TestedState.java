package dev.polder.stepfunctions;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.asl.DefinitionParser;
import dev.polder.stepfunctions.asl.Parsed;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.asl.StateGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.MockErrorOutput;
import software.amazon.awssdk.services.sfn.model.MockInput;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;

/// A state under test, with the result or the error that it is to be given instead of doing its
/// work.
///
/// @param mockError null unless an error is made up
/// @param mockResult the result made up, where `hasMock` and there is no error
record TestedState(
    State state,
    boolean hasMock,
    @Nullable MockErrorOutput mockError,
    @Nullable Object mockResult) {

  static TestedState of(TestStateRequest request) {
    String definition = Constraints.required(request.definition(), "definition");
    Constraints.length(definition, "definition", 1, Constraints.DEFINITION_LIMIT);
    Constraints.length(request.stateName(), "stateName", 1, 80);
    MockInput mock = request.mock();
    boolean hasMock = mock != null;
    if (mock != null && mock.result() != null && mock.errorOutput() != null) {
      throw StepFunctionsErrors.validation(
          "A test mock should have only one of the following fields: [result, errorOutput].");
    }
    if (hasMock && Boolean.TRUE.equals(request.revealSecrets())) {
      throw StepFunctionsErrors.validation(
          "TestState does not support RevealSecrets when a mock is specified.");
    }
    State state = state(definition, request.stateName());
    allowed(state, request, hasMock);
    Object result = mock == null || mock.result() == null ? null : result(mock.result());
    if (mock != null && mock.result() != null) {
      shaped(state, result, request);
      if (state instanceof State.Task task) {
        MockedResult.check(task.resource(), result, mock.fieldValidationModeAsString());
      }
    }
    return new TestedState(state, hasMock, mock == null ? null : mock.errorOutput(), result);
  }

  private static @Nullable Object result(String text) {
    try {
      return Json.parse(text);
    } catch (Json.Malformed e) {
      throw StepFunctionsErrors.validation("Mocked result must be valid JSON");
    }
  }

  private static State state(String definition, @Nullable String name) {
    Parsed parsed =
        name == null
            ? DefinitionParser.parseState("StateName", definition)
            : DefinitionParser.parse(definition);
    StateGraph graph =
        switch (parsed) {
          case Parsed.Valid valid -> valid.definition().graph();
          case Parsed.Invalid invalid ->
              throw StepFunctionsErrors.invalidDefinition(invalid.message());
        };
    return find(graph, name == null ? "StateName" : name)
        .orElseThrow(
            () -> StepFunctionsErrors.validation("State not found in definition: " + name));
  }

  private static Optional<State> find(StateGraph graph, String name) {
    State found = graph.states().get(name);
    if (found != null) {
      return Optional.of(found);
    }
    for (State state : graph.states().values()) {
      Optional<State> below =
          switch (state) {
            case State.MapState map -> find(map.itemProcessor().graph(), name);
            case State.Parallel parallel ->
                parallel.branches().stream().flatMap(b -> find(b, name).stream()).findFirst();
            case State.Pass _, State.Task _, State.Choice _, State.Wait _ -> Optional.empty();
            case State.Succeed _, State.Fail _ -> Optional.empty();
          };
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  private static void allowed(State state, TestStateRequest request, boolean hasMock) {
    switch (state) {
      case State.Parallel _, State.MapState _ -> {
        if (!hasMock) {
          throw StepFunctionsErrors.invalidDefinition(
              "TestState API does not support Map or Parallel states. Supported state types "
                  + "include: [Task, Wait, Pass, Succeed, Fail, Choice]");
        }
      }
      case State.Task _ -> {
        if (!hasMock && request.roleArn() == null) {
          throw StepFunctionsErrors.validation(
              "RoleArn must be specified when testing a Task state");
        }
      }
      case State.Pass _ -> refused("Pass", hasMock);
      case State.Choice _ -> refused("Choice", hasMock);
      case State.Wait _ -> refused("Wait", hasMock);
      case State.Succeed _ -> refused("Succeed", hasMock);
      case State.Fail _ -> refused("Fail", hasMock);
    }
  }

  private static void refused(String type, boolean hasMock) {
    if (hasMock) {
      throw StepFunctionsErrors.validation(
          "State type '" + type + "' is not supported when a mock is specified");
    }
  }

  private static void shaped(State state, @Nullable Object result, TestStateRequest request) {
    if (state instanceof State.Parallel parallel) {
      if (!(result instanceof List<?> list)) {
        throw StepFunctionsErrors.validation("Mocked result must be an array.");
      }
      if (list.size() != parallel.branches().size()) {
        throw StepFunctionsErrors.validation(
            "Mocked result must contain the same number of items as number of Parallel branches.");
      }
    }
    if (state instanceof State.MapState map) {
      if (map.resultWriter() != null && !(result instanceof Map)) {
        throw StepFunctionsErrors.validation("Mocked result must be a JSON object.");
      }
      if (map.resultWriter() == null && !(result instanceof List)) {
        throw StepFunctionsErrors.validation("Mocked result must be an array.");
      }
      var configuration = request.stateConfiguration();
      Integer failures = configuration == null ? null : configuration.mapIterationFailureCount();
      if (failures != null && result instanceof List<?> list && failures > list.size()) {
        throw StepFunctionsErrors.validation(
            "Map iteration failure count must be less than or equal to the number of Map "
                + "iterations");
      }
    }
  }
}
