package dev.polder.scheduler;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/// Scheduler of this process. To be started after the services that its targets are in: what fell
/// due while the process was down is called at once.
public final class SchedulerService implements Service<SchedulerClient> {
  private final Platform platform;
  private final Schedules schedules;
  private final Dispatcher dispatcher;

  public SchedulerService(Platform platform) {
    this.platform = platform;
    this.schedules = new Schedules(platform.store());
    this.dispatcher =
        new Dispatcher(
            schedules, new TargetCaller(platform.clients(), platform.calls()), platform.time());
  }

  @Override
  public Class<SchedulerClient> type() {
    return SchedulerClient.class;
  }

  @Override
  public SchedulerClient client(Scope scope) {
    return new LocalScheduler(scope, platform, schedules, dispatcher);
  }

  @Override
  public void start() {
    dispatcher.wake();
  }

  @Override
  public void close() {
    dispatcher.close();
  }
}
