package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCallException;
import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Standing;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.execution.Work;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/// Does the work of tasks through the clients of the other services.
public final class Tasks implements Work {
  private final Platform platform;
  private final FunctionCall functions;
  private final OptimizedCall optimized;
  private final Jobs jobs;
  private final BiConsumer<Scope, String> offered;

  /// @param httpHosts the hosts that HTTP tasks may call besides this machine's own
  /// @param httpConnections the file of connections for HTTP tasks
  /// @param offered told that an activity has a task
  public Tasks(
      Platform platform,
      Set<String> httpHosts,
      Optional<Path> httpConnections,
      BiConsumer<Scope, String> offered) {
    var metadata = new ResponseMetadata(platform.time(), platform.ids());
    this.platform = platform;
    this.functions = new FunctionCall(platform.clients(), metadata);
    this.jobs = new Jobs(platform);
    this.optimized =
        new OptimizedCall(
            platform,
            functions,
            jobs,
            metadata,
            new HttpCall(httpHosts, new HttpConnections(httpConnections)));
    this.offered = offered;
  }

  @Override
  public TaskOutcome call(Execution execution, Standing.Tasking task) {
    return guarded(execution, task, false);
  }

  @Override
  public TaskOutcome callAgain(Execution execution, Standing.Tasking task) {
    return guarded(execution, task, true);
  }

  private TaskOutcome guarded(Execution execution, Standing.Tasking task, boolean again) {
    try {
      return call(new TaskCall(execution, task, idempotency(execution, task), again));
    } catch (RuntimeException e) {
      // Whatever a service throws that is not its own error must end the task, not the process.
      System.getLogger(Tasks.class.getName())
          .log(System.Logger.Level.ERROR, "The task " + task.resource().arn() + " failed", e);
      return new TaskOutcome.Failed("States.TaskFailed", "An internal error occurred.");
    }
  }

  private TaskOutcome call(TaskCall call) {
    Scope scope = call.scope();
    return switch (call.task().resource()) {
      case Resource.Function function -> functions.direct(scope, function.arn(), call.payload());
      case Resource.Optimized resource -> optimized.call(call, resource);
      case Resource.Sdk resource -> sdk(call, resource);
      case Resource.Activity activity ->
          throw new IllegalStateException("An activity is not called: " + activity.arn());
    };
  }

  private TaskOutcome sdk(TaskCall call, Resource.Sdk resource) {
    if (!platform.calls().supports(resource.service(), resource.action())) {
      return unsupported(resource.arn());
    }
    try {
      Object answer =
          platform
              .calls()
              .call(
                  call.scope(),
                  resource.service(),
                  resource.action(),
                  arguments(call, resource).members());
      Payload output = Payload.of(answer);
      return resource.pattern() == Resource.Pattern.WAIT_FOR_TASK_TOKEN
          ? new TaskOutcome.Submitted(output, null)
          : new TaskOutcome.Succeeded(output);
    } catch (ServiceCallException e) {
      return ServiceErrors.sdk(e);
    }
  }

  // Recorded: what is put into a bucket is the JSON of the value, so a string has its quotes there.
  private static Arguments arguments(TaskCall call, Resource.Sdk resource) {
    Arguments given = call.arguments();
    boolean body = resource.service().equals("s3") && given.has("Body");
    return body ? given.with("Body", Json.write(given.members().get("Body"))) : given;
  }

  static TaskOutcome unsupported(String arn) {
    return new TaskOutcome.Failed(
        "States.TaskFailed",
        "The resource provided "
            + arn
            + " is not supported: Polder has no such service or action.");
  }

  /// The same for every attempt to carry out one scheduled task.
  private static String idempotency(Execution execution, Standing.Tasking task) {
    String seed = execution.arn() + "/" + execution.started() + "/" + task.scheduled();
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public Optional<TaskOutcome> outcome(
      Execution execution, Standing.Tasking task, Standing.Job job) {
    return jobs.outcome(execution.scope(), task.resource(), job);
  }

  @Override
  public void cancel(Execution execution, Standing.Job job) {
    jobs.cancel(execution.scope(), job);
  }

  @Override
  public void offered(Scope scope, String activityArn) {
    offered.accept(scope, activityArn);
  }
}
