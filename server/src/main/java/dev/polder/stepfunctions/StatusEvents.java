package dev.polder.stepfunctions;

import dev.polder.kernel.Event;
import dev.polder.kernel.Platform;
import dev.polder.stepfunctions.execution.Detail;
import dev.polder.stepfunctions.execution.Entry;
import dev.polder.stepfunctions.execution.EventType;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import dev.polder.stepfunctions.execution.Observer;
import dev.polder.stepfunctions.execution.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Publishes `Step Functions Execution Status Change` events of Standard executions.
///
/// The shape is that of
/// https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html.
record StatusEvents(Platform platform) implements Observer {

  @Override
  public void progressed(Execution execution, ExecutionState state, List<Entry> entries) {
    if (execution.express()) {
      return;
    }
    for (Entry entry : entries) {
      if (entry instanceof Entry.HistoryEvent event) {
        if (event.type() == EventType.ExecutionStarted
            || event.type() == EventType.ExecutionRedriven) {
          publish(execution, state, ExecutionStatus.RUNNING, event);
        } else if (event.type().ends()) {
          publish(execution, state, state.status(), event);
        }
      }
    }
  }

  private void publish(
      Execution execution, ExecutionState state, ExecutionStatus status, Entry.HistoryEvent event) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("executionArn", execution.arn());
    detail.put("stateMachineArn", execution.machineArn());
    detail.put("name", execution.key().name());
    detail.put("status", status.name());
    detail.put("startDate", execution.started());
    detail.put("stopDate", status == ExecutionStatus.RUNNING ? null : event.time());
    detail.put("input", execution.input().text());
    detail.put("inputDetails", Map.of("included", true));
    Payload output = event.detail() instanceof Detail.Output o ? o.output() : null;
    detail.put("output", output == null ? null : output.text());
    detail.put("outputDetails", output == null ? null : Map.of("included", true));
    detail.put("error", status == ExecutionStatus.RUNNING ? null : state.error());
    detail.put("cause", status == ExecutionStatus.RUNNING ? null : state.cause());
    detail.put("stateMachineVersionArn", execution.versionArn());
    detail.put("stateMachineAliasArn", execution.aliasArn());
    platform
        .events()
        .publish(
            new Event(
                platform.ids().uuid(),
                execution.scope(),
                platform.time().instant(),
                "aws.states",
                "Step Functions Execution Status Change",
                List.of(execution.arn()),
                detail));
  }
}
