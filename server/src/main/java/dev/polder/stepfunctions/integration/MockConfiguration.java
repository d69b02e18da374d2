package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.TaskOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Outcomes of tasks that are made up for test cases, in the format of Step Functions Local
/// (https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html).
///
/// A response is looked at when its state is called, as Step Functions Local does: one that is not
/// used may be empty.
public final class MockConfiguration {
  private static final Pattern ATTEMPTS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  private final Map<?, ?> machines;
  private final Map<?, ?> responses;

  private MockConfiguration(Map<?, ?> machines, Map<?, ?> responses) {
    this.machines = machines;
    this.responses = responses;
  }

  /// A file that is no mock configuration.
  public static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  /// Reads the text of a file.
  ///
  /// @throws Invalid if it is not JSON, or has not the two objects
  public static MockConfiguration parse(String text) throws Invalid {
    Object json;
    try {
      json = Json.parse(text);
    } catch (Json.Malformed e) {
      throw new Invalid("The mock configuration is not JSON: " + e.getMessage());
    }
    Map<?, ?> all = object(json, "a mock configuration");
    return new MockConfiguration(
        object(all.get("StateMachines"), "StateMachines in the mock configuration"),
        object(all.get("MockedResponses"), "MockedResponses in the mock configuration"));
  }

  private static Map<?, ?> object(@Nullable Object value, String what) throws Invalid {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new Invalid("Expected " + what + " to be an object but was " + Json.write(value));
  }

  /// The states that a test case has made-up responses for.
  ///
  /// @throws Invalid if the machine has no such test case
  public Set<String> states(String machine, String testCase) throws Invalid {
    Map<?, ?> found = testCase(machine, testCase);
    if (found == null) {
      throw new Invalid(
          "The mock configuration has no test case " + testCase + " for state machine " + machine);
    }
    return Set.copyOf(found.keySet().stream().map(String::valueOf).toList());
  }

  private @Nullable Map<?, ?> testCase(String machine, String testCase) {
    return machines.get(machine) instanceof Map<?, ?> m
            && m.get("TestCases") instanceof Map<?, ?> cases
            && cases.get(testCase) instanceof Map<?, ?> states
        ? states
        : null;
  }

  /// The outcome of a call; empty where the test case leaves the state to the real service.
  ///
  /// @param invocation how often the state has been called in the execution before, however often
  ///   it was entered
  Optional<TaskOutcome> outcome(
      String machine, String testCase, String state, Resource resource, int invocation) {
    Map<?, ?> states = testCase(machine, testCase);
    if (states == null || !states.containsKey(state)) {
      return Optional.empty();
    }
    String name = String.valueOf(states.get(state));
    Map<?, ?> attempts = responses.get(name) instanceof Map<?, ?> m ? m : Map.of();
    for (Map.Entry<?, ?> each : attempts.entrySet()) {
      if (covers(String.valueOf(each.getKey()), invocation)
          && each.getValue() instanceof Map<?, ?> response) {
        return Optional.of(outcome(response, name, resource));
      }
    }
    return Optional.of(
        new TaskOutcome.Failed(
            "States.Runtime",
            "The mocked response "
                + name
                + " of state "
                + state
                + " has nothing for attempt "
                + invocation
                + "."));
  }

  private static boolean covers(String attempts, int invocation) {
    Matcher matcher = ATTEMPTS.matcher(attempts.strip());
    if (!matcher.matches()) {
      return false;
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    return first <= invocation && invocation <= last;
  }

  private static TaskOutcome outcome(Map<?, ?> response, String name, Resource resource) {
    if (response.get("Throw") instanceof Map<?, ?> thrown) {
      return new TaskOutcome.Failed(text(thrown.get("Error")), text(thrown.get("Cause")));
    }
    if (!response.containsKey("Return")) {
      return new TaskOutcome.Failed(
          "States.Runtime", "The mocked response " + name + " has neither Return nor Throw.");
    }
    Object value = response.get("Return");
    // A function that is called by its own ARN answers with the payload alone.
    boolean direct = resource instanceof Resource.Function;
    return new TaskOutcome.Succeeded(
        Payload.of(
            direct && value instanceof Map<?, ?> map && map.containsKey("Payload")
                ? map.get("Payload")
                : value));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value instanceof String s ? s : Json.write(value);
  }
}
