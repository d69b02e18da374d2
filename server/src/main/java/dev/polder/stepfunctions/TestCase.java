package dev.polder.stepfunctions;

import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.asl.StateGraph;
import dev.polder.stepfunctions.asl.StateMachineDefinition;
import dev.polder.stepfunctions.integration.MockConfiguration;
import dev.polder.stepfunctions.integration.MockedWork;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an execution is started as: `arn:…:stateMachine:Name#TestCase` is a test case of the mock
/// configuration, as in Step Functions Local. Without a configuration the sign is part of the name,
/// as the real service has it.
///
/// @param machineArn without the test case
/// @param name of the test case, or null
record TestCase(@Nullable String machineArn, @Nullable String name, @Nullable Path file) {

  static TestCase of(@Nullable String machineArn, @Nullable Path file) {
    int sign = machineArn == null || file == null ? -1 : machineArn.indexOf('#');
    return machineArn == null || sign < 0
        ? new TestCase(machineArn, null, file)
        : new TestCase(machineArn.substring(0, sign), machineArn.substring(sign + 1), file);
  }

  /// Refuses a test case that is not there, or that makes up the work of an activity.
  void check(String machine, StateMachineDefinition definition) {
    if (name == null || file == null) {
      return;
    }
    try {
      activities(definition.graph(), MockedWork.read(file).states(machine, name));
    } catch (MockConfiguration.Invalid e) {
      throw StepFunctionsErrors.validation(String.valueOf(e.getMessage()));
    }
  }

  // The wording is that of Step Functions Local.
  private static void activities(StateGraph graph, Set<String> mocked) {
    for (State state : graph.states().values()) {
      switch (state) {
        case State.Task task -> {
          if (task.resource() instanceof Resource.Activity && mocked.contains(task.name())) {
            throw StepFunctionsErrors.validation(
                "Activity state cannot be mocked. Please remove mocks mapped for all activity state"
                    + " in the mock config file.");
          }
        }
        case State.Parallel parallel -> parallel.branches().forEach(b -> activities(b, mocked));
        case State.MapState map -> activities(map.itemProcessor().graph(), mocked);
        case State.Pass _, State.Choice _, State.Wait _, State.Succeed _, State.Fail _ -> {}
      }
    }
  }
}
