package dev.polder.stepfunctions.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a state can read about its execution: `$$` in JSONPath, `$states.context` in JSONata.
///
/// @param task null outside of tasks with a token
/// @param map null outside of Map states
public record ContextObject(
    Execution execution,
    Machine stateMachine,
    State state,
    @Nullable Task task,
    @Nullable Item map) {

  /// @param startTime in ISO-8601 with milliseconds
  /// @param redriveCount null in Express executions, which have none (recorded)
  /// @param redriveTime of the last redrive, or null
  public record Execution(
      String id,
      @Nullable Object input,
      String startTime,
      String name,
      String roleArn,
      @Nullable Integer redriveCount,
      @Nullable String redriveTime) {}

  /// The state machine's ARN and name.
  public record Machine(String id, String name) {}

  /// @param enteredTime in ISO-8601 with milliseconds
  /// @param retryCount of the state, null in states that cannot be retried
  public record State(String name, String enteredTime, @Nullable Integer retryCount) {}

  /// @param token with which a callback names the task
  public record Task(String token) {}

  /// @param index from 0
  /// @param key of the field, where an object is mapped over
  /// @param source where an item reader got the item, or null
  public record Item(
      int index, @Nullable Object value, @Nullable String key, @Nullable String source) {

    /// A field of an object as the input of an iteration: its key and its value.
    public Map<String, @Nullable Object> pair() {
      Map<String, @Nullable Object> pair = new LinkedHashMap<>();
      pair.put("Key", key);
      pair.put("Value", value);
      return pair;
    }
  }

  /// The same with the item of an iteration.
  public ContextObject with(@Nullable Item item) {
    return new ContextObject(execution, stateMachine, state, task, item);
  }

  /// The object as expressions see it.
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("Id", execution.id());
    run.put("Input", execution.input());
    run.put("StartTime", execution.startTime());
    run.put("Name", execution.name());
    run.put("RoleArn", execution.roleArn());
    if (execution.redriveCount() != null) {
      run.put("RedriveCount", execution.redriveCount());
    }
    if (execution.redriveTime() != null) {
      run.put("RedriveTime", execution.redriveTime());
    }
    all.put("Execution", run);
    Map<String, @Nullable Object> machine = new LinkedHashMap<>();
    machine.put("Id", stateMachine.id());
    machine.put("Name", stateMachine.name());
    all.put("StateMachine", machine);
    all.put("State", stateJson());
    if (task != null) {
      Map<String, @Nullable Object> token = new LinkedHashMap<>();
      token.put("Token", task.token());
      all.put("Task", token);
    }
    if (map != null) {
      all.put("Map", Map.of("Item", itemJson(map)));
    }
    return all;
  }

  private Map<String, @Nullable Object> stateJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("Name", state.name());
    json.put("EnteredTime", state.enteredTime());
    if (state.retryCount() != null) {
      json.put("RetryCount", state.retryCount());
    }
    return json;
  }

  private static Map<String, @Nullable Object> itemJson(Item item) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("Index", item.index());
    if (item.key() != null) {
      json.put("Key", item.key());
    }
    json.put("Value", item.value());
    if (item.source() != null) {
      json.put("Source", item.source());
    }
    return json;
  }
}
