package dev.polder.stepfunctions.execution;

import dev.polder.stepfunctions.asl.ItemBatcher;
import dev.polder.stepfunctions.asl.MapItems;
import dev.polder.stepfunctions.asl.Quantity;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Distributed Map states: child executions of their own.
final class MapRunStep {
  private final Interpreter interpreter;
  private final Turn turn;

  MapRunStep(Interpreter interpreter, Turn turn) {
    this.interpreter = interpreter;
    this.turn = turn;
  }

  @Nullable String start(Branch branch, State.MapState map, Data data) {
    Data seen = data.withInput(map.flow().input(data));
    MapItems items = map.itemReader() == null ? map.items(data) : null;
    turn.event(
        branch, EventType.MapStateStarted, new Detail.Length(items == null ? 0 : items.size()));
    MapRunPlan plan = plan(branch, map, data, seen, items);
    turn.event(branch, EventType.MapRunStarted, new Detail.MapRun(plan.mapRunArn()));
    turn.stand(branch, new Standing.MapRunning(plan, 0));
    turn.commands.add(new Command.StartMapRun(branch.id, plan, 0));
    return null;
  }

  private MapRunPlan plan(
      Branch branch, State.MapState map, Data data, Data seen, @Nullable MapItems items) {
    long concurrency = map.maxConcurrency() == null ? 0 : map.maxConcurrency().whole(seen);
    long count = map.toleratedFailureCount() == null ? 0 : map.toleratedFailureCount().whole(seen);
    double percentage =
        map.toleratedFailurePercentage() == null
            ? 0
            : map.toleratedFailurePercentage().decimal(seen);
    Payload reader =
        map.itemReader() == null || map.itemReader().arguments() == null
            ? null
            : Payload.of(map.itemReader().arguments().evaluate(seen));
    Payload writer =
        map.resultWriter() == null || map.resultWriter().arguments() == null
            ? null
            : Payload.of(map.resultWriter().arguments().evaluate(seen));
    ItemBatcher batcher = map.itemBatcher();
    return new MapRunPlan(
        arn(branch, map),
        map.name(),
        branch.enteredAt,
        branch.retries(),
        items == null ? null : Payload.of(inputs(branch, map, data, items)),
        reader,
        writer,
        Payload.of(data.input()),
        Payload.of(data.variables()),
        concurrency,
        count,
        percentage,
        maxItems(map, seen),
        batcher == null ? 0 : whole(batcher.maxItems(), seen),
        batcher == null ? 0 : whole(batcher.maxBytes(), seen),
        batcher == null || batcher.batchInput() == null
            ? null
            : Payload.of(batcher.batchInput().evaluate(seen)));
  }

  private static long whole(@Nullable Quantity quantity, Data seen) {
    return quantity == null ? 0 : quantity.whole(seen);
  }

  // A limit that a path gives and that is not allowed fails the run, not the state: recorded.
  private static long maxItems(State.MapState map, Data seen) {
    if (map.itemReader() == null || map.itemReader().config().maxItems() == null) {
      return 0;
    }
    try {
      return map.itemReader().config().maxItems().whole(seen);
    } catch (EvaluationFailure e) {
      if (e.error().equals("States.ItemReaderFailed")) {
        return -1;
      }
      throw e;
    }
  }

  private List<@Nullable Object> inputs(
      Branch branch, State.MapState map, Data data, MapItems items) {
    List<@Nullable Object> inputs = new ArrayList<>(items.size());
    ContextObject context = turn.context(branch, null);
    for (int i = 0; i < items.size(); i++) {
      inputs.add(map.itemInput(data, context, items.at(i)));
    }
    return inputs;
  }

  private String arn(Branch branch, State.MapState map) {
    Execution execution = turn.execution;
    String label = map.label() == null ? label(branch.state) : map.label();
    byte[] id = new byte[16];
    turn.random.nextBytes(id);
    return execution
        .scope()
        .arn(
            "states",
            "mapRun:" + execution.machineName() + "/" + label + ":" + UUID.nameUUIDFromBytes(id))
        .toString();
  }

  private static String label(String state) {
    return UUID.nameUUIDFromBytes(state.getBytes(StandardCharsets.UTF_8)).toString();
  }

  void ended(Trigger.MapRunEnded ended) {
    Branch branch = turn.state.find(ended.branch());
    if (turn.ended()
        || branch == null
        || !(branch.standing instanceof Standing.MapRunning run)
        || !run.mapRunArn().equals(ended.mapRunArn())) {
      return;
    }
    State.MapState map = (State.MapState) turn.current(branch);
    interpreter.advance(
        branch, interpreter.guarded(branch, map, () -> ended(branch, map, ended.outcome())));
  }

  private @Nullable String ended(Branch branch, State.MapState map, TaskOutcome outcome) {
    return switch (outcome) {
      case TaskOutcome.Succeeded done -> {
        turn.event(branch, EventType.MapRunSucceeded, Detail.None.NONE);
        if (done.output().exceedsLimit()) {
          yield interpreter
              .failures()
              .fail(
                  branch,
                  map,
                  FailureStep.Failure.of(
                      FailureStep.TOO_LARGE, FailureStep.tooLargeText(map.name())));
        }
        turn.event(branch, EventType.MapStateSucceeded, Detail.None.NONE);
        yield interpreter.leave(
            branch,
            map,
            map.flow().leave(turn.data(branch), done.output().value()),
            map.transition());
      }
      case TaskOutcome.Failed failed -> {
        turn.event(
            branch, EventType.MapRunFailed, new Detail.Failure(failed.error(), failed.cause()));
        yield interpreter
            .failures()
            .fail(branch, map, FailureStep.Failure.of(failed.error(), failed.cause()));
      }
      case TaskOutcome.Submitted _ -> throw new IllegalStateException("A map run is not submitted");
    };
  }
}
