package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// A child execution as its parent is told of it: DescribeExecution with names in Pascal case
/// (recorded).
final class ChildExecution {
  private ChildExecution() {}

  /// @param parsed whether input and output are values (`.sync:2`) or texts (`.sync`)
  static Map<String, @Nullable Object> told(DescribeExecutionResponse e, boolean parsed) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    put(told, "Cause", e.cause());
    put(told, "Error", e.error());
    put(told, "ExecutionArn", e.executionArn());
    put(told, "Input", data(e.input(), parsed));
    put(told, "InputDetails", Map.of("Included", true));
    put(told, "Name", e.name());
    if (e.output() != null) {
      put(told, "Output", data(e.output(), parsed));
      put(told, "OutputDetails", Map.of("Included", true));
    }
    put(told, "RedriveCount", e.redriveCount());
    put(told, "RedriveStatus", e.redriveStatusAsString());
    put(told, "RedriveStatusReason", e.redriveStatusReason());
    put(told, "StartDate", millis(e.startDate()));
    put(told, "StateMachineAliasArn", e.stateMachineAliasArn());
    put(told, "StateMachineArn", e.stateMachineArn());
    put(told, "StateMachineVersionArn", e.stateMachineVersionArn());
    put(told, "Status", e.statusAsString());
    put(told, "StopDate", millis(e.stopDate()));
    return told;
  }

  private static void put(Map<String, @Nullable Object> told, String name, @Nullable Object value) {
    if (value != null) {
      told.put(name, value);
    }
  }

  private static @Nullable Object data(@Nullable String text, boolean parsed) {
    return text != null && parsed ? Json.parse(text) : text;
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
