package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.MapRunPlan;
import dev.polder.stepfunctions.execution.MapRuns;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.execution.Trigger;

/// Distributed Map states: refused by name as long as there are no child executions of map runs.
final class DistributedMaps implements MapRuns {
  private final Engine engine;

  DistributedMaps(Platform platform, Engine engine) {
    this.engine = engine;
  }

  @Override
  public void start(Execution parent, int branch, MapRunPlan plan) {
    refuse(parent, branch, plan.mapRunArn());
  }

  private void refuse(Execution parent, int branch, String arn) {
    engine
        .runner()
        .post(
            parent.key(),
            new Trigger.MapRunEnded(
                branch,
                arn,
                new TaskOutcome.Failed(
                    "States.Runtime", "Distributed Map states are not supported")));
  }

  @Override
  public void resume(Execution parent, int branch, String mapRunArn) {
    refuse(parent, branch, mapRunArn);
  }

  @Override
  public void stop(Execution parent, String mapRunArn) {}

  @Override
  public void childEnded(ExecutionKey key, Execution.MapChild child) {}

  @Override
  public void expressEnded(Execution execution, ExecutionState state) {}

  String listedUnder(String mapRunArn) {
    throw StepFunctionsErrors.noResource(mapRunArn);
  }
}
