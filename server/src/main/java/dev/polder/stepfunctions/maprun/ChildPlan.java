package dev.polder.stepfunctions.maprun;

import dev.polder.stepfunctions.asl.ItemProcessor.ExecutionType;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.MapRunPlan;
import dev.polder.stepfunctions.execution.Payload;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// What the children of a map run are. Their names follow from the run and their place in it, so
/// that none is begun twice.
record ChildPlan(Execution parent, MapRunPlan plan, State.MapState state) {

  /// The machine of an execution, which may itself be the child of a run.
  static String machine(Execution parent) {
    String name = parent.key().machine();
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  boolean express() {
    return state.itemProcessor().executionType() == ExecutionType.EXPRESS;
  }

  private String machine() {
    return machine(parent) + "/" + plan.label();
  }

  String machineArn() {
    return parent.scope().arn("states", "stateMachine:" + machine()).toString();
  }

  ExecutionKey key(int index) {
    String seed = plan.mapRunArn() + "/" + index;
    String name = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    return new ExecutionKey(parent.scope(), machine(), express() ? name + ":" + plan.id() : name);
  }

  /// @param order see [Children#nextOrder()]
  Execution child(int index, Payload input, long now, long order) {
    ExecutionKey key = key(index);
    return new Execution(
        key,
        express()
            ? parent.scope().arn("states", "express:" + machine() + ":" + key.name()).toString()
            : key.arn(),
        machineArn(),
        machine(),
        null,
        null,
        parent.roleArn(),
        parent.revision(),
        plan.state(),
        state.itemProcessor().graph(),
        express() ? 300 : 0,
        now,
        order,
        input,
        parent.traceHeader(),
        new Execution.MapChild(plan.mapRunArn(), index),
        0,
        express(),
        parent.testCase());
  }
}
