package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Type;
import dev.polder.stepfunctions.StateMachine.Version;
import dev.polder.stepfunctions.asl.StateMachineDefinition;
import dev.polder.stepfunctions.execution.Answer;
import dev.polder.stepfunctions.execution.Detail;
import dev.polder.stepfunctions.execution.Entry;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import dev.polder.stepfunctions.execution.ExecutionStore;
import dev.polder.stepfunctions.execution.Head;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Trigger;
import dev.polder.store.ConflictException;
import dev.polder.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CloudWatchEventsExecutionDataDetails;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/// Executions: start, stop, redrive, and what is told of them.
final class ExecutionOperations {
  /// How long a name stays taken after its execution has ended
  /// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
  private static final Duration NAME_KEPT = Duration.ofDays(90);

  private static final Duration REDRIVABLE = Duration.ofDays(14);

  private final Platform platform;
  private final Engine engine;
  private final Scope scope;

  ExecutionOperations(Platform platform, Engine engine, Scope scope) {
    this.platform = platform;
    this.engine = engine;
    this.scope = scope;
  }

  private ExecutionStore store() {
    return engine.executions();
  }

  StartExecutionResponse start(StartExecutionRequest request) {
    TestCase tested = engine.testCase(request.stateMachineArn());
    MachineArn arn = MachineArn.parse(tested.machineArn(), "stateMachineArn", scope);
    String name = request.name() == null ? platform.ids().uuid() : Constraints.name(request.name());
    Payload input = Constraints.input(request.input());
    Constraints.length(request.traceHeader(), "traceHeader", 0, 256);
    Target target = engine.target(arn);
    tested.check(target.machine().name(), engine.definitions().of(target.revision()));
    Instant now = platform.time().instant();
    if (target.machine().type() == Type.EXPRESS) {
      Execution express =
          engine.expressExecution(arn.scope(), target, name, input, tested.name(), now);
      engine.express().start(express);
      return started(express.arn(), now);
    }
    var key = new ExecutionKey(arn.scope(), target.machine().name(), name);
    Execution execution = execution(key, target, input, request.traceHeader(), tested.name(), now);
    try {
      engine.runner().begin(execution);
      return started(execution.arn(), now);
    } catch (ConflictException e) {
      return again(execution, request);
    }
  }

  private static StartExecutionResponse started(String arn, Instant start) {
    return StartExecutionResponse.builder()
        .executionArn(arn)
        .startDate(Instant.ofEpochMilli(start.toEpochMilli()))
        .build();
  }

  private Execution execution(
      ExecutionKey key,
      Target target,
      Payload input,
      @Nullable String traceHeader,
      @Nullable String testCase,
      Instant now) {
    StateMachineDefinition definition = engine.definitions().of(target.revision());
    return new Execution(
        key,
        key.arn(),
        MachineArn.of(key.scope(), key.machine(), null),
        key.machine(),
        target.versionArn(),
        target.aliasArn(),
        target.revision().roleArn(),
        target.revision().key(),
        null,
        definition.graph(),
        definition.timeoutSeconds() == null ? 0 : definition.timeoutSeconds(),
        now.toEpochMilli(),
        engine.nextOrder(now),
        input,
        traceHeader,
        null,
        0,
        false,
        testCase);
  }

  /// The name is taken: the same input while it runs is the same start; long after its end the name
  /// is free again.
  private StartExecutionResponse again(Execution execution, StartExecutionRequest request) {
    ExecutionKey key = execution.key();
    Head head = store().head(key).orElse(null);
    if (head == null) {
      return start(request);
    }
    if (head.status() == ExecutionStatus.RUNNING
        && store().input(key).text().equals(execution.input().text())) {
      return started(execution.arn(), Instant.ofEpochMilli(head.started()));
    }
    long freeAt = head.stopped() + NAME_KEPT.toMillis();
    if (head.status() != ExecutionStatus.RUNNING && freeAt < execution.started()) {
      store().remove(head);
      return start(request);
    }
    throw StepFunctionsErrors.executionExists(execution.arn());
  }

  StopExecutionResponse stop(StopExecutionRequest request) {
    ExecutionArn arn = ExecutionArn.parse(request.executionArn(), scope);
    Constraints.length(request.error(), "error", 0, 256);
    Constraints.length(request.cause(), "cause", 0, 32_768);
    Head head = head(arn);
    if (head.status() == ExecutionStatus.RUNNING) {
      var answer = new Answer();
      engine
          .runner()
          .ask(arn.key(), new Trigger.Stop(request.error(), request.cause(), answer), answer);
      head = head(arn);
    }
    return StopExecutionResponse.builder().stopDate(instant(head.stopped())).build();
  }

  RedriveExecutionResponse redrive(RedriveExecutionRequest request) {
    ExecutionArn arn = ExecutionArn.parse(request.executionArn(), scope);
    Head head = head(arn);
    String refusal = redriveRefusal(head);
    if (refusal != null) {
      throw StepFunctionsErrors.notRedrivable(refusal);
    }
    var answer = new Answer();
    engine.runner().ask(arn.key(), new Trigger.Redrive(answer), answer);
    return RedriveExecutionResponse.builder().redriveDate(instant(head(arn).redriven())).build();
  }

  private Head head(ExecutionArn arn) {
    return store().head(arn.key()).orElseThrow(() -> StepFunctionsErrors.noExecution(arn.text()));
  }

  // An execution that waits for nothing but a callback has no timer: it is too old when it is
  // looked at.
  private Head ofAge(ExecutionArn arn, Head head) {
    long now = platform.time().instant().toEpochMilli();
    if (head.status() != ExecutionStatus.RUNNING || !head.hasExpired(now)) {
      return head;
    }
    var answer = new Answer();
    Answer.Kind _ = engine.runner().ask(arn.key(), new Trigger.Due(-1, now, null, answer), answer);
    return head(arn);
  }

  static @Nullable Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  /// Why an execution cannot be redriven; null if it can.
  private @Nullable String redriveRefusal(Head head) {
    if (head.parent() != null) {
      return "Execution was started by a map run and is redriven with it";
    }
    return switch (head.status()) {
      case RUNNING -> "Execution is RUNNING and cannot be redriven";
      case SUCCEEDED -> "Execution is SUCCEEDED and cannot be redriven";
      case FAILED, TIMED_OUT, ABORTED -> {
        long until = head.stopped() + REDRIVABLE.toMillis();
        if (until < platform.time().instant().toEpochMilli()) {
          yield "Execution has exceeded the redrivable period of 14 days";
        }
        yield head.lastEvent() >= 24_999
            ? "Execution history event limit exceeded and cannot be redriven"
            : null;
      }
    };
  }

  DescribeExecutionResponse describe(DescribeExecutionRequest request) {
    ExecutionArn arn = ExecutionArn.parse(request.executionArn(), scope);
    Head head = ofAge(arn, head(arn));
    String refusal = redriveRefusal(head);
    var included = CloudWatchEventsExecutionDataDetails.builder().included(true).build();
    DescribeExecutionResponse.Builder told =
        DescribeExecutionResponse.builder()
            .executionArn(arn.text())
            .stateMachineArn(head.machineArn())
            .stateMachineVersionArn(head.versionArn())
            .stateMachineAliasArn(head.aliasArn())
            .name(arn.key().name())
            .status(head.status().name())
            .startDate(instant(head.started()))
            .stopDate(instant(head.stopped()))
            .input(store().input(arn.key()).text())
            .inputDetails(included)
            .traceHeader(head.traceHeader())
            .mapRunArn(head.parent() == null ? null : head.parent().mapRunArn())
            .redriveCount(head.redrives())
            .redriveDate(instant(head.redriven()))
            .redriveStatus(
                head.parent() != null && head.status() != ExecutionStatus.SUCCEEDED
                    ? "REDRIVABLE_BY_MAP_RUN"
                    : refusal == null ? "REDRIVABLE" : "NOT_REDRIVABLE")
            .redriveStatusReason(refusal);
    if (head.status() != ExecutionStatus.RUNNING) {
      ending(told, arn.key(), included);
    }
    return told.build();
  }

  private void ending(
      DescribeExecutionResponse.Builder told,
      ExecutionKey key,
      CloudWatchEventsExecutionDataDetails included) {
    Optional<Entry.HistoryEvent> last = store().last(key);
    if (last.isPresent()) {
      switch (last.get().detail()) {
        case Detail.Output output -> told.output(output.output().text()).outputDetails(included);
        case Detail.Failure failure -> told.error(failure.error()).cause(failure.cause());
        default -> {}
      }
    }
  }

  ListExecutionsResponse list(ListExecutionsRequest request) {
    return new ExecutionListing(engine, scope, request).answer();
  }

  GetExecutionHistoryResponse history(GetExecutionHistoryRequest request) {
    ExecutionArn arn = ExecutionArn.parse(request.executionArn(), scope);
    int size = Constraints.page(request.maxResults());
    Key after = PageToken.parse(request.nextToken(), 1024);
    head(arn);
    boolean reverse = Boolean.TRUE.equals(request.reverseOrder());
    var translation = new HistoryTranslation(!Boolean.FALSE.equals(request.includeExecutionData()));
    List<HistoryEvent> events = new ArrayList<>();
    boolean[] more = new boolean[1];
    store()
        .history(
            arn.key(),
            after == null ? 0 : after.number(-1),
            reverse,
            event -> {
              if (events.size() == size) {
                more[0] = true;
                return false;
              }
              events.add(translation.event(event));
              return true;
            });
    return GetExecutionHistoryResponse.builder()
        .events(events)
        .nextToken(more[0] ? PageToken.of(Key.of("history", events.getLast().id())) : null)
        .build();
  }

  /// The version that an alias leads to this time, by chance as its weights say.
  static long chosen(Map<Long, Integer> routes, double chance) {
    double sum = 0;
    long last = 0;
    for (var route : routes.entrySet()) {
      sum += route.getValue() / 100.0;
      last = route.getKey();
      if (chance < sum) {
        return last;
      }
    }
    return last;
  }

  static String versionArn(Scope scope, StateMachine machine, Version version) {
    return MachineArn.of(scope, machine.name(), version.number());
  }
}
