package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.sfn.SfnClient;

/// AWS Step Functions. Standard executions survive the process; Express ones do not.
public final class StepFunctionsService implements Service<SfnClient> {
  private final Platform platform;
  private final Engine engine;

  /// A service on this platform; runs nothing before it is started.
  public StepFunctionsService(Platform platform) {
    this(platform, StepFunctionsOptions.NONE);
  }

  /// A service on this platform; runs nothing before it is started.
  public StepFunctionsService(Platform platform, StepFunctionsOptions options) {
    this.platform = platform;
    this.engine = new Engine(platform, options);
  }

  @Override
  public Class<SfnClient> type() {
    return SfnClient.class;
  }

  @Override
  public SfnClient client(Scope scope) {
    return new LocalStepFunctions(platform, engine, scope);
  }

  @Override
  public void start() {
    engine.start();
  }

  @Override
  public void close() {
    engine.close();
  }
}
