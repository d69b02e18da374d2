package dev.polder.stepfunctions;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.Catcher;
import dev.polder.stepfunctions.asl.Inspection;
import dev.polder.stepfunctions.asl.Outcome;
import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.asl.Retrier;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.asl.StateGraph;
import dev.polder.stepfunctions.asl.Transition;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Standing;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Environment;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import dev.polder.stepfunctions.integration.HttpExchange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InspectionData;
import software.amazon.awssdk.services.sfn.model.InspectionErrorDetails;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;

/// One state by itself: run with an input, or with a result made up.
final class TestStateOperation {
  private final Platform platform;
  private final Engine engine;
  private final Scope scope;

  TestStateOperation(Platform platform, Engine engine, Scope scope) {
    this.platform = platform;
    this.engine = engine;
    this.scope = scope;
  }

  /// What is known of a state that has done its work.
  ///
  /// @param next null at the end
  /// @param assigned variables that were set
  private record Left(
      @Nullable Object output, @Nullable String next, Map<String, @Nullable Object> assigned) {}

  /// An error that a state ends with.
  private record Problem(@Nullable String error, @Nullable String cause) {}

  TestStateResponse run(TestStateRequest request) {
    TestedState tested = TestedState.of(request);
    Data data = data(request, tested.state());
    return new Test(request, tested, data).run();
  }

  private Data data(TestStateRequest request, State state) {
    Payload input = Constraints.input(request.input());
    Map<String, @Nullable Object> variables =
        request.variables() == null ? Map.of() : TestContext.object(request.variables());
    Map<String, @Nullable Object> context =
        request.context() == null
            ? TestContext.made(platform, scope, request.roleArn(), input.value(), state)
            : TestContext.given(request.context());
    var environment =
        new Environment(
            platform.time(),
            () -> UUID.fromString(platform.ids().uuid()).getLeastSignificantBits());
    return Data.of(input.value(), context, variables, environment);
  }

  /// One test.
  private final class Test {
    private final TestStateRequest request;
    private final TestedState tested;
    private final State state;
    private final Data data;
    private @Nullable Object result;
    private boolean worked;
    private @Nullable HttpExchange http;

    Test(TestStateRequest request, TestedState tested, Data data) {
      this.request = request;
      this.tested = tested;
      this.state = tested.state();
      this.data = data;
    }

    TestStateResponse run() {
      try {
        return succeeded(work());
      } catch (EvaluationFailure e) {
        return failed(new Problem(e.error(), e.cause()));
      } catch (Failed e) {
        return failed(e.problem);
      }
    }

    private Left work() throws Failed {
      return switch (state) {
        case State.Pass pass -> left(pass.outcome(data), pass.transition());
        case State.Choice choice -> {
          State.Choice.Selection chosen = choice.select(data);
          yield left(chosen.outcome(), new Transition.Next(chosen.next()));
        }
        case State.Wait wait -> {
          Instant now = platform.time().instant();
          wait.delay().until(data.withInput(wait.flow().input(data)), now);
          yield left(wait.flow().pass(data), wait.transition());
        }
        case State.Succeed succeed -> left(succeed.flow().pass(data), new Transition.End());
        case State.Fail fail -> {
          State.Fail.Failure failure = fail.failure(data);
          throw new Failed(new Problem(failure.error(), failure.cause()));
        }
        case State.Task task -> {
          result = taskResult(task);
          worked = true;
          yield left(task.flow().leave(data, result), task.transition());
        }
        case State.Parallel parallel -> {
          parallel.flow().arguments(data);
          result = mocked();
          worked = true;
          yield left(parallel.flow().leave(data, result), parallel.transition());
        }
        case State.MapState map -> {
          result = mapResult(map);
          worked = true;
          yield left(map.flow().leave(data, result), map.transition());
        }
      };
    }

    private static Left left(Outcome outcome, Transition transition) {
      String next =
          switch (transition) {
            case Transition.Next to -> to.state();
            case Transition.End _ -> null;
          };
      return new Left(outcome.output(), next, outcome.assigned());
    }

    private @Nullable Object mocked() throws Failed {
      if (tested.mockError() != null) {
        throw new Failed(new Problem(tested.mockError().error(), tested.mockError().cause()));
      }
      return tested.mockResult();
    }

    private @Nullable Object mapResult(State.MapState map) throws Failed {
      Data seen = data.withInput(map.flow().input(data));
      if (map.itemReader() == null) {
        map.items(data);
      }
      Object made = mocked();
      Integer failures =
          request.stateConfiguration() == null
              ? null
              : request.stateConfiguration().mapIterationFailureCount();
      int size = made instanceof List<?> list ? list.size() : 0;
      if (failures != null && exceeds(map, seen, failures, size)) {
        throw new Failed(
            new Problem(
                "States.ExceedToleratedFailureThreshold",
                "The specified tolerated failure threshold was exceeded"));
      }
      return made;
    }

    private static boolean exceeds(State.MapState map, Data seen, int failures, int size) {
      boolean byCount =
          map.toleratedFailureCount() != null && failures > map.toleratedFailureCount().whole(seen);
      boolean byPercentage =
          map.toleratedFailurePercentage() != null
              && size > 0
              && failures * 100.0 / size > map.toleratedFailurePercentage().decimal(seen);
      return byCount || byPercentage;
    }

    private @Nullable Object taskResult(State.Task task) throws Failed {
      Payload arguments = Payload.of(task.flow().arguments(data));
      if (tested.hasMock()) {
        return mocked();
      }
      if (task.resource() instanceof Resource.Activity) {
        throw StepFunctionsErrors.invalidDefinition(
            "TestState API does not support activities without a mock");
      }
      TaskOutcome outcome =
          ScopedValue.where(HttpExchange.SEEN, exchange -> http = exchange)
              .call(() -> engine.tasks().call(execution(), tasking(task.resource(), arguments)));
      return switch (outcome) {
        case TaskOutcome.Succeeded done -> done.output().value();
        case TaskOutcome.Submitted submitted -> submitted.output().value();
        case TaskOutcome.Failed failed ->
            throw new Failed(new Problem(failed.error(), failed.cause()));
      };
    }

    private Standing.Tasking tasking(Resource resource, Payload arguments) {
      long now = platform.time().instant().toEpochMilli();
      return new Standing.Tasking(
          1, now, Standing.Phase.CALLING, resource, arguments, "", null, 0, 0, 0, null, null);
    }

    private Execution execution() {
      String id = platform.ids().uuid();
      long now = platform.time().instant().toEpochMilli();
      var key = new ExecutionKey(scope, id, id + ":" + id);
      String role = request.roleArn() == null ? "" : request.roleArn();
      return new Execution(
          key,
          key.arn(),
          MachineArn.of(scope, id, null),
          id,
          null,
          null,
          role,
          id,
          null,
          new StateGraph(state.name(), Map.of(state.name(), state)),
          0,
          now,
          now,
          Payload.of(data.input()),
          null,
          null,
          0,
          true,
          null);
    }

    private TestStateResponse succeeded(Left left) {
      TestStateResponse.Builder response =
          TestStateResponse.builder()
              .status(TestExecutionStatus.SUCCEEDED)
              .output(Json.write(left.output()))
              .nextState(left.next());
      inspect(response, left.assigned(), null);
      return response.build();
    }

    private TestStateResponse failed(Problem problem) {
      TestStateResponse.Builder response =
          TestStateResponse.builder()
              .status(TestExecutionStatus.FAILED)
              .error(problem.error())
              .cause(problem.cause());
      InspectionErrorDetails.Builder details = InspectionErrorDetails.builder();
      String name = problem.error() == null ? "" : problem.error();
      boolean told = false;
      OptionalInt index = Retrier.find(state.retriers(), name);
      if (index.isPresent()) {
        told = true;
        details.retryIndex(index.getAsInt());
        Retrier retrier = state.retriers().get(index.getAsInt());
        int used = used();
        if (retrier.hasAttemptsLeft(used)) {
          details.retryBackoffIntervalSeconds(
              Math.toIntExact(retrier.delay(used + 1, new Random(0)).toSeconds()));
          response.status(TestExecutionStatus.RETRIABLE);
          inspect(response, Map.of(), details.build());
          return response.build();
        }
      }
      Map<String, @Nullable Object> assigned = caught(name, problem, response, details);
      inspect(
          response,
          assigned == null ? Map.of() : assigned,
          told || assigned != null ? details.build() : null);
      return response.build();
    }

    private int used() {
      Integer count =
          request.stateConfiguration() == null
              ? null
              : request.stateConfiguration().retrierRetryCount();
      return count == null ? 0 : count;
    }

    /// Lets a catcher have the error; null if none does.
    private @Nullable Map<String, @Nullable Object> caught(
        String error,
        Problem problem,
        TestStateResponse.Builder response,
        InspectionErrorDetails.Builder details) {
      OptionalInt index = Catcher.find(state.catchers(), error);
      if (index.isEmpty()) {
        return null;
      }
      Catcher catcher = state.catchers().get(index.getAsInt());
      Map<String, @Nullable Object> output = new LinkedHashMap<>();
      output.put("Error", error);
      output.put("Cause", problem.cause() == null ? "" : problem.cause());
      Outcome outcome = catcher.flow().caught(data, output);
      details.catchIndex(index.getAsInt());
      response
          .status(TestExecutionStatus.CAUGHT_ERROR)
          .output(Json.write(outcome.output()))
          .nextState(catcher.next());
      return outcome.assigned();
    }

    private void inspect(
        TestStateResponse.Builder response,
        Map<String, @Nullable Object> assigned,
        @Nullable InspectionErrorDetails details) {
      if (request.inspectionLevel() == null || request.inspectionLevel() == InspectionLevel.INFO) {
        return;
      }
      boolean computes = !(state instanceof State.Task || isGroup());
      Map<String, @Nullable Object> members =
          worked || computes
              ? Inspection.after(state, data, result)
              : Inspection.before(state, data);
      Map<String, @Nullable Object> variables = new LinkedHashMap<>(data.variables());
      variables.putAll(assigned);
      InspectionData.Builder inspected = Inspected.members(members).errorDetails(details);
      if (!variables.isEmpty()) {
        inspected.variables(Json.write(variables));
      }
      if (http != null && request.inspectionLevel() == InspectionLevel.TRACE) {
        Inspected.add(inspected, http, Boolean.TRUE.equals(request.revealSecrets()));
      }
      response.inspectionData(inspected.build());
    }

    private boolean isGroup() {
      return state instanceof State.Parallel || state instanceof State.MapState;
    }
  }

  /// A state that ended with an error.
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Failed(Problem problem) {
      super(null, null, false, false);
      this.problem = problem;
    }
  }
}
