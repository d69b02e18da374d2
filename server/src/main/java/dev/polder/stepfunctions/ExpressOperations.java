package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Type;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.Payload;
import java.time.Instant;
import software.amazon.awssdk.services.sfn.model.CloudWatchEventsExecutionDataDetails;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;

/// Express executions whose caller waits for the end.
final class ExpressOperations {
  private final Platform platform;
  private final Engine engine;
  private final Scope scope;

  ExpressOperations(Platform platform, Engine engine, Scope scope) {
    this.platform = platform;
    this.engine = engine;
    this.scope = scope;
  }

  StartSyncExecutionResponse run(StartSyncExecutionRequest request) {
    TestCase tested = engine.testCase(request.stateMachineArn());
    MachineArn arn = MachineArn.parse(tested.machineArn(), "stateMachineArn", scope);
    String name = request.name() == null ? platform.ids().uuid() : Constraints.name(request.name());
    Target target = engine.target(arn);
    if (target.machine().type() != Type.EXPRESS) {
      throw StepFunctionsErrors.typeNotSupported();
    }
    tested.check(target.machine().name(), engine.definitions().of(target.revision()));
    Payload input = Constraints.input(request.input());
    boolean data = !"METADATA_ONLY".equals(request.includedDataAsString());
    Execution execution =
        engine.expressExecution(
            arn.scope(), target, name, input, tested.name(), platform.time().instant());
    ExecutionState end = engine.express().run(execution);
    var included = CloudWatchEventsExecutionDataDetails.builder().included(data).build();
    Payload output = end.output();
    return StartSyncExecutionResponse.builder()
        .executionArn(execution.arn())
        .stateMachineArn(execution.machineArn())
        .name(name)
        .startDate(Instant.ofEpochMilli(execution.started()))
        .stopDate(Instant.ofEpochMilli(end.stopped()))
        .status(end.status().name())
        .error(end.error())
        .cause(end.cause())
        .input(data ? input.text() : null)
        .inputDetails(included)
        .output(data && output != null ? output.text() : null)
        .outputDetails(output == null ? null : included)
        .traceHeader(request.traceHeader())
        .billingDetails(
            b -> b.billedMemoryUsedInMB(64L).billedDurationInMilliseconds(billed(execution, end)))
        .build();
  }

  /// The time from start to end in whole tenths of a second, at least one.
  private static long billed(Execution execution, ExecutionState end) {
    return Math.max(1, (end.stopped() - execution.started() + 99) / 100) * 100;
  }
}
