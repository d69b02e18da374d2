package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a child execution ended.
///
/// @param output JSON text, null unless it succeeded
/// @param started milliseconds since the epoch
/// @param stopped milliseconds since the epoch
record ChildResult(
    String executionArn,
    String name,
    ExecutionStatus status,
    @Nullable String output,
    @Nullable String error,
    @Nullable String cause,
    long started,
    long stopped) {

  byte[] written() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("arn", executionArn);
    json.put("name", name);
    json.put("status", status.name());
    json.put("output", output);
    json.put("error", error);
    json.put("cause", cause);
    json.put("started", started);
    json.put("stopped", stopped);
    return JsonObject.bytes(json);
  }

  static ChildResult read(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new ChildResult(
        json.text("arn"),
        json.text("name"),
        ExecutionStatus.valueOf(json.text("status")),
        json.optionalText("output"),
        json.optionalText("error"),
        json.optionalText("cause"),
        json.number("started"),
        json.number("stopped"));
  }

  /// What the Map state's result has for the child.
  @Nullable Object value() {
    if (output != null) {
      return Json.parse(output);
    }
    Map<String, @Nullable Object> failure = new LinkedHashMap<>();
    failure.put("Error", error == null ? status.name() : error);
    failure.put("Cause", cause == null ? "" : cause);
    return failure;
  }

  /// What a result file tells of the child.
  Map<String, @Nullable Object> told(String machineArn, @Nullable String input) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("ExecutionArn", executionArn);
    told.put("Input", input);
    told.put("InputDetails", Map.of("Included", true));
    told.put("Name", name);
    if (output != null) {
      told.put("Output", output);
      told.put("OutputDetails", Map.of("Included", true));
    }
    if (error != null) {
      told.put("Error", error);
    }
    if (cause != null) {
      told.put("Cause", cause);
    }
    told.put("StartDate", Execution.iso(started));
    told.put("StateMachineArn", machineArn);
    told.put("Status", status.name());
    told.put("StopDate", Execution.iso(stopped));
    return told;
  }
}
