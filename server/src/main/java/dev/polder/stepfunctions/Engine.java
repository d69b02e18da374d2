package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Alias;
import dev.polder.stepfunctions.StateMachine.Version;
import dev.polder.stepfunctions.asl.StateMachineDefinition;
import dev.polder.stepfunctions.execution.Answer;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.ExecutionStore;
import dev.polder.stepfunctions.execution.Express;
import dev.polder.stepfunctions.execution.Observer;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Runner;
import dev.polder.stepfunctions.execution.Trigger;
import dev.polder.stepfunctions.execution.Work;
import dev.polder.stepfunctions.integration.JobWatch;
import dev.polder.stepfunctions.integration.MockedWork;
import dev.polder.stepfunctions.integration.Tasks;
import dev.polder.stepfunctions.maprun.Children;
import dev.polder.stepfunctions.maprun.DistributedMaps;
import dev.polder.store.ConflictException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all accounts and regions share: the engines that run executions, and what they stand on.
final class Engine implements AutoCloseable {
  private final Platform platform;
  private final StepFunctionsOptions options;
  private final Catalogue catalogue;
  private final Definitions definitions;
  private final ExecutionStore executions;
  private final ActivityPolls polls;
  private final DistributedMaps mapRuns;
  private final Tasks tasks;
  private final Runner runner;
  private final Express express;
  private final ExecutionLogs logs;
  private final JobWatch jobs;
  private final AtomicLong order = new AtomicLong();

  Engine(Platform platform, StepFunctionsOptions options) {
    this.platform = platform;
    this.catalogue = new Catalogue(platform.store());
    this.definitions = new Definitions(catalogue);
    this.executions = new ExecutionStore(platform.store(), definitions);
    this.polls = new ActivityPolls(platform.time(), this::runner);
    this.mapRuns =
        new DistributedMaps(
            platform, executions, definitions::mapState, new Begun(), this::toParent);
    this.options = options;
    this.tasks =
        new Tasks(platform, options.httpHosts(), options.httpConnections(), polls::offered);
    this.logs =
        new ExecutionLogs(definitions, new LogDelivery(platform.clients(), platform.time()));
    List<Observer> observers = new ArrayList<>(List.of(new StatusEvents(platform), logs));
    Work work = tasks;
    if (options.mockConfig().isPresent()) {
      var mocked = new MockedWork(tasks, executions, options.mockConfig().get());
      observers.add(mocked);
      work = mocked;
    }
    this.runner =
        new Runner(
            platform.store(),
            executions,
            platform.time(),
            platform.ids(),
            work,
            mapRuns,
            observers);
    this.express =
        new Express(definitions, platform.time(), platform.ids(), work, mapRuns, observers);
    this.jobs = new JobWatch(platform.events(), platform.time(), runner::jobChanged);
  }

  private void toParent(ExecutionKey key, Trigger trigger) {
    runner.post(key, trigger);
  }

  /// Child executions of map runs.
  private final class Begun implements Children {
    @Override
    public void begin(Execution child) {
      try {
        if (child.express()) {
          express.start(child);
        } else {
          runner.begin(child);
        }
      } catch (ConflictException e) {
        // It ran before the map run was redriven.
        runner.post(child.key(), new Trigger.Redrive(new Answer()));
      }
    }

    @Override
    public void stop(List<ExecutionKey> children) {
      List<Answer> answers = new ArrayList<>(children.size());
      for (ExecutionKey child : children) {
        var answer = new Answer();
        answers.add(answer);
        runner.post(child, new Trigger.Stop(null, null, answer));
      }
      answers.forEach(Answer::await);
    }

    @Override
    public long nextOrder() {
      return Engine.this.nextOrder(platform.time().instant());
    }
  }

  void start() {
    runner.start();
    platform.time().run("map-runs", mapRuns::forgetOrphans);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Definitions definitions() {
    return definitions;
  }

  ExecutionStore executions() {
    return executions;
  }

  ActivityPolls polls() {
    return polls;
  }

  DistributedMaps mapRuns() {
    return mapRuns;
  }

  Tasks tasks() {
    return tasks;
  }

  Runner runner() {
    return runner;
  }

  Express express() {
    return express;
  }

  /// A number that rises from each execution that starts to the next.
  long nextOrder(Instant now) {
    long least = now.toEpochMilli() * 1000;
    return order.updateAndGet(last -> Math.max(last + 1, least));
  }

  /// The test case that the ARN of a start names behind `#`, where there is a mock configuration.
  TestCase testCase(@Nullable String machineArn) {
    return TestCase.of(machineArn, options.mockConfig().orElse(null));
  }

  /// The machine of an ARN, whatever version or alias it names.
  StateMachine machine(MachineArn arn) {
    return catalogue
        .find(arn.scope(), arn.machine())
        .map(Catalogue.Stored::machine)
        .orElseThrow(() -> StepFunctionsErrors.noStateMachine(arn.text()));
  }

  /// What an execution of an ARN runs.
  Target target(MachineArn arn) {
    StateMachine machine = machine(arn);
    if (arn.qualifier() == null) {
      return new Target(machine, machine.revision(), null, null);
    }
    if (arn.isVersion()) {
      Version version = version(arn, machine, arn.version());
      return new Target(machine, version.revision(), arn.text(), null);
    }
    Alias alias =
        catalogue
            .alias(arn.scope(), machine, String.valueOf(arn.qualifier()))
            .orElseThrow(() -> StepFunctionsErrors.noStateMachine(arn.text()));
    long number = ExecutionOperations.chosen(alias.routes(), chance());
    Version version = version(arn, machine, number);
    return new Target(
        machine,
        version.revision(),
        ExecutionOperations.versionArn(arn.scope(), machine, version),
        arn.text());
  }

  private double chance() {
    return Math.floorMod(platform.ids().uuid().hashCode(), 10_000) / 10_000.0;
  }

  private Version version(MachineArn arn, StateMachine machine, long number) {
    return catalogue
        .version(arn.scope(), machine, number)
        .orElseThrow(() -> StepFunctionsErrors.noStateMachine(arn.text()));
  }

  /// An Express execution that is about to begin.
  ///
  /// @param testCase of the mock configuration, or null
  Execution expressExecution(
      Scope scope,
      Target target,
      String name,
      Payload input,
      @Nullable String testCase,
      Instant now) {
    String machine = target.machine().name();
    var key = new ExecutionKey(scope, machine, name + ":" + platform.ids().uuid());
    StateMachineDefinition definition = definitions.of(target.revision());
    Long timeout = definition.timeoutSeconds();
    return new Execution(
        key,
        scope.arn("states", "express:" + machine + ":" + key.name()).toString(),
        MachineArn.of(scope, machine, null),
        machine,
        target.versionArn(),
        target.aliasArn(),
        target.revision().roleArn(),
        target.revision().key(),
        null,
        definition.graph(),
        limited(timeout),
        now.toEpochMilli(),
        nextOrder(now),
        input,
        null,
        null,
        0,
        true,
        testCase);
  }

  private static long limited(@Nullable Long timeout) {
    return timeout == null ? Express.LONGEST_SECONDS : Math.min(timeout, Express.LONGEST_SECONDS);
  }

  @Override
  public void close() {
    jobs.close();
    runner.close();
    express.close();
    logs.close();
  }
}
