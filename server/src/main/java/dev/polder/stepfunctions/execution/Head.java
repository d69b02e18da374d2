package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.StateGraph;
import org.jspecify.annotations.Nullable;

/// What is told of an execution in listings. Input and output are in its log.
///
/// @param started milliseconds since the epoch
/// @param order rises from each execution to the next that is started
/// @param stopped milliseconds since the epoch, 0 while it runs
/// @param redriven milliseconds since the epoch of the last redrive, 0 for none
public record Head(
    ExecutionKey key,
    ExecutionStatus status,
    long started,
    long order,
    long stopped,
    String machineArn,
    String machineName,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    String roleArn,
    String revision,
    @Nullable String mapState,
    long timeoutSeconds,
    @Nullable String traceHeader,
    Execution.@Nullable MapChild parent,
    int redrives,
    long redriven,
    long lastEvent,
    @Nullable String testCase) {

  static Head of(Execution execution, ExecutionState state) {
    return new Head(
        execution.key(),
        state.status(),
        execution.started(),
        execution.order(),
        state.stopped(),
        execution.machineArn(),
        execution.machineName(),
        execution.versionArn(),
        execution.aliasArn(),
        execution.roleArn(),
        execution.revision(),
        execution.mapState(),
        execution.timeoutSeconds(),
        execution.traceHeader(),
        execution.parent(),
        state.redrives(),
        execution.redriven(),
        state.status() == ExecutionStatus.RUNNING ? 0 : state.lastEvent(),
        execution.testCase());
  }

  Execution execution(StateGraph graph, Payload input) {
    return new Execution(
        key,
        key.arn(),
        machineArn,
        machineName,
        versionArn,
        aliasArn,
        roleArn,
        revision,
        mapState,
        graph,
        timeoutSeconds,
        started,
        order,
        input,
        traceHeader,
        parent,
        redriven,
        false,
        testCase);
  }

  /// Whether it has run for longer than any execution may.
  public boolean hasExpired(long now) {
    return Execution.hasExpired(Math.max(started, redriven), now);
  }

  byte[] written() {
    Bytes out = Bytes.empty();
    out.number(status.ordinal())
        .number(started)
        .number(order)
        .number(stopped)
        .text(machineArn)
        .text(machineName)
        .text(versionArn)
        .text(aliasArn)
        .text(roleArn)
        .text(revision)
        .text(mapState)
        .number(timeoutSeconds)
        .text(traceHeader)
        .text(parent == null ? null : parent.mapRunArn())
        .number(parent == null ? 0 : parent.index())
        .number(redrives)
        .number(redriven)
        .number(lastEvent)
        .text(testCase);
    return out.written();
  }

  static Head read(ExecutionKey key, byte[] bytes) {
    Bytes in = Bytes.of(bytes);
    return new Head(
        key,
        ExecutionStatus.values()[in.small()],
        in.number(),
        in.number(),
        in.number(),
        in.text(),
        in.text(),
        in.optionalText(),
        in.optionalText(),
        in.text(),
        in.text(),
        in.optionalText(),
        in.number(),
        in.optionalText(),
        parent(in),
        in.small(),
        in.number(),
        in.number(),
        in.hasMore() ? in.optionalText() : null);
  }

  private static Execution.@Nullable MapChild parent(Bytes in) {
    String arn = in.optionalText();
    int index = in.small();
    return arn == null ? null : new Execution.MapChild(arn, index);
  }
}
