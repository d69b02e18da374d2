package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.Resource;
import dev.polder.stepfunctions.execution.Entry;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import dev.polder.stepfunctions.execution.ExecutionStore;
import dev.polder.stepfunctions.execution.Invocations;
import dev.polder.stepfunctions.execution.Observer;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Standing;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.execution.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The work of executions that run as a test case: made up where the mock configuration says so,
/// done by the services where it does not.
public final class MockedWork implements Work, Observer {
  private static final String JOB = "mock";

  private final Work work;
  private final ExecutionStore executions;
  private final Path file;

  /// Of Express executions, whose history is not stored.
  private final Map<String, Invocations> express = new ConcurrentHashMap<>();

  /// @param work does what is not made up
  /// @param file the mock configuration, read anew for every call
  public MockedWork(Work work, ExecutionStore executions, Path file) {
    this.work = work;
    this.executions = executions;
    this.file = file;
  }

  /// The configuration as it is now.
  ///
  /// @throws MockConfiguration.Invalid if it cannot be read
  public static MockConfiguration read(Path file) throws MockConfiguration.Invalid {
    try {
      return MockConfiguration.parse(Files.readString(file));
    } catch (IOException e) {
      throw new MockConfiguration.Invalid("The mock configuration cannot be read: " + e);
    }
  }

  private Optional<TaskOutcome> made(Execution execution, Standing.Tasking task) {
    String testCase = execution.testCase();
    if (testCase == null) {
      return Optional.empty();
    }
    Invocations seen =
        execution.express()
            ? express.getOrDefault(execution.arn(), new Invocations())
            : executions.invocations(execution.key());
    Optional<Invocations.Place> place = seen.place(task.scheduled());
    if (place.isEmpty()) {
      return Optional.empty();
    }
    String name = execution.machineName();
    int slash = name.indexOf('/');
    try {
      return read(file)
          .outcome(
              slash < 0 ? name : name.substring(0, slash),
              testCase,
              place.get().state(),
              task.resource(),
              place.get().number());
    } catch (MockConfiguration.Invalid e) {
      return Optional.of(new TaskOutcome.Failed("States.Runtime", e.getMessage()));
    }
  }

  @Override
  public TaskOutcome call(Execution execution, Standing.Tasking task) {
    return made(execution, task)
        .map(outcome -> submitted(task, outcome))
        .orElseGet(() -> work.call(execution, task));
  }

  @Override
  public TaskOutcome callAgain(Execution execution, Standing.Tasking task) {
    return made(execution, task)
        .map(outcome -> submitted(task, outcome))
        .orElseGet(() -> work.callAgain(execution, task));
  }

  // What is awaited is submitted first, so that the history tells the same events.
  private static TaskOutcome submitted(Standing.Tasking task, TaskOutcome outcome) {
    boolean awaited =
        task.resource() instanceof Resource.Optimized r
            && r.pattern() != Resource.Pattern.REQUEST_RESPONSE;
    return awaited
        ? new TaskOutcome.Submitted(
            outcome instanceof TaskOutcome.Succeeded done ? done.output() : Payload.EMPTY,
            new Standing.Job(JOB, Long.toString(task.scheduled())))
        : outcome;
  }

  @Override
  public Optional<TaskOutcome> outcome(
      Execution execution, Standing.Tasking task, Standing.Job job) {
    return job.kind().equals(JOB) ? made(execution, task) : work.outcome(execution, task, job);
  }

  @Override
  public void offered(Scope scope, String activityArn) {
    work.offered(scope, activityArn);
  }

  @Override
  public void cancel(Execution execution, Standing.Job job) {
    if (!job.kind().equals(JOB)) {
      work.cancel(execution, job);
    }
  }

  @Override
  public void progressed(Execution execution, ExecutionState state, List<Entry> entries) {
    if (execution.express() && execution.testCase() != null) {
      if (state.status() == ExecutionStatus.RUNNING) {
        entries.forEach(express.computeIfAbsent(execution.arn(), _ -> new Invocations())::read);
      } else {
        express.remove(execution.arn());
      }
    }
  }
}
