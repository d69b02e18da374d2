package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.stepfunctions.asl.ItemProcessor;
import dev.polder.stepfunctions.asl.ItemReader;
import dev.polder.stepfunctions.asl.ResultWriter;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Detail;
import dev.polder.stepfunctions.execution.Entry;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import dev.polder.stepfunctions.execution.ExecutionState;
import dev.polder.stepfunctions.execution.ExecutionStatus;
import dev.polder.stepfunctions.execution.ExecutionStore;
import dev.polder.stepfunctions.execution.Head;
import dev.polder.stepfunctions.execution.MapRunPlan;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.TaskOutcome;
import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Environment;
import dev.polder.stepfunctions.expression.EvaluationFailure;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/// A map run that is under way.
final class ActiveRun {
  /// How many children run at once where the state sets no limit.
  private static final int AT_ONCE = 1000;

  private static final int STORED_AT_ONCE = 1000;

  private final Platform platform;
  private final ExecutionStore executions;
  private final Children children;
  private final Execution parent;
  private final MapRunPlan plan;
  private final State.MapState state;
  private final Consumer<TaskOutcome> told;
  private MapRun run;
  private int next;

  /// The children whose end has been counted.
  private final BitSet counted = new BitSet();

  private int running;
  private boolean over;

  ActiveRun(
      Platform platform,
      ExecutionStore executions,
      Children children,
      Execution parent,
      MapRunPlan plan,
      State.MapState state,
      Consumer<TaskOutcome> told) {
    this.platform = platform;
    this.executions = executions;
    this.children = children;
    this.parent = parent;
    this.plan = plan;
    this.state = state;
    this.told = told;
    this.run =
        new MapRun(
            parent.scope(),
            machine(),
            plan.name(),
            parent.arn(),
            MapRun.Status.RUNNING,
            -1,
            0,
            plan.maxConcurrency(),
            plan.toleratedCount(),
            plan.toleratedPercentage(),
            0,
            0,
            0,
            0,
            0,
            now(),
            0);
  }

  private String machine() {
    String name = parent.key().machine();
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private long now() {
    return platform.time().instant().toEpochMilli();
  }

  /// Begins the run, or goes on where a process that has ended left it.
  void start() {
    try {
      open();
      fill();
    } catch (ReadFailure e) {
      fail("States.ItemReaderFailed", String.valueOf(e.getMessage()));
    } catch (EvaluationFailure e) {
      fail(e.error(), e.cause());
    }
  }

  // Children that end meanwhile wait until all is known of those that ended before.
  private synchronized void open() throws ReadFailure {
    running = 0;
    counted.clear();
    byte[] stored = platform.store().get(run.key());
    if (stored != null) {
      run = MapRun.read(run.scope(), run.machine(), run.name(), stored).uncounted();
    } else {
      platform
          .store()
          .commit(
              new Batch()
                  .put(run.key(), run.written())
                  .put(
                      MapRun.byExecution(run.scope(), parent.arn()).with(run.name()), new byte[0]));
    }
    if (run.children() < 0) {
      read();
    }
    if (stored != null) {
      takeUp();
    }
  }

  private void read() throws ReadFailure {
    if (plan.maxItems() < 0) {
      throw new ReadFailure("field MaxItems must be positive");
    }
    List<? extends @Nullable Object> items =
        plan.inputs() == null ? selected(source().items(plan.maxItems())) : given(plan.inputs());
    List<? extends @Nullable Object> inputs =
        Batches.wanted(plan) ? Batches.of(plan, items) : items;
    Batch batch = new Batch();
    for (int i = 0; i < inputs.size(); i++) {
      batch.put(run.inputs().with(i), Json.write(inputs.get(i)).getBytes(StandardCharsets.UTF_8));
      if (i % STORED_AT_ONCE == STORED_AT_ONCE - 1) {
        platform.store().commit(batch);
        batch = new Batch();
      }
    }
    run = run.read(inputs.size(), items.size());
    platform.store().commit(batch.put(run.key(), run.written()));
  }

  private static List<?> given(Payload inputs) {
    return (List<?>) Objects.requireNonNull(inputs.value());
  }

  private ItemSource source() throws ReadFailure {
    ItemReader reader = state.itemReader();
    if (reader == null) {
      throw new ReadFailure("The state has no ItemReader");
    }
    Payload arguments = plan.reader();
    Object value = arguments == null ? null : arguments.value();
    return new ItemSource(
        platform.clients().get(S3Client.class, parent.scope()),
        reader,
        value instanceof Map<?, ?> map ? map : Map.of());
  }

  /// The inputs that the state's `ItemSelector` makes of items that were read.
  @SuppressWarnings("unchecked")
  private List<@Nullable Object> selected(List<Object> items) {
    Object variables = Objects.requireNonNull(plan.variables().value());
    ContextObject context =
        parent.context(
            0,
            new ContextObject.State(plan.state(), Execution.iso(plan.enteredAt()), plan.retries()),
            null,
            null);
    RandomGenerator random = () -> UUID.fromString(platform.ids().uuid()).getLeastSignificantBits();
    Data data =
        Data.of(
            plan.data().value(),
            context,
            (Map<String, @Nullable Object>) variables,
            new Environment(platform.time(), random));
    List<@Nullable Object> inputs = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      var item = new ContextObject.Item(i, items.get(i), null, null);
      inputs.add(state.itemInput(data, context, item));
    }
    return inputs;
  }

  /// Finds what children had been begun, and what had become of them, when the process ended.
  private void takeUp() {
    for (int i = 0; i < run.children(); i++) {
      byte[] result = platform.store().get(result(i));
      if (result != null) {
        next = i + 1;
        counted.set(i);
        run = counted(ChildResult.read(result).status());
        continue;
      }
      Optional<Head> head = executions.head(child(i, Payload.EMPTY).key());
      if (head.isEmpty()) {
        continue;
      }
      next = i + 1;
      running++;
      if (head.get().status() != ExecutionStatus.RUNNING) {
        int index = i;
        platform.time().run("map-child", () -> childEnded(head.get().key(), index));
      }
    }
  }

  private Key result(int index) {
    return run.results().with(index);
  }

  /// Begins as many children as may run at once.
  private void fill() {
    List<Integer> begun = new ArrayList<>();
    boolean done;
    synchronized (this) {
      long limit = run.maxConcurrency() == 0 ? AT_ONCE : run.maxConcurrency();
      while (!over && running < limit && next < run.children()) {
        int index = next++;
        running++;
        begun.add(index);
      }
      done = !over && run.ended() >= run.children();
      over = over || done;
    }
    for (int index : begun) {
      platform.time().run("map-child", () -> children.begin(child(index, input(index))));
    }
    if (done) {
      finish();
    }
  }

  private Payload input(int index) {
    byte[] stored = platform.store().get(run.inputs().with(index));
    return Payload.ofText(
        new String(Objects.requireNonNull(stored, "no item"), StandardCharsets.UTF_8));
  }

  /// A child; its name follows from the run and its place, so that none is begun twice.
  private Execution child(int index, Payload input) {
    String seed = plan.mapRunArn() + "/" + index;
    String name = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    boolean express = state.itemProcessor().executionType() == ItemProcessor.ExecutionType.EXPRESS;
    String machine = run.machine() + "/" + plan.label();
    var key = new ExecutionKey(parent.scope(), machine, express ? name + ":" + plan.id() : name);
    return new Execution(
        key,
        express
            ? parent.scope().arn("states", "express:" + machine + ":" + key.name()).toString()
            : key.arn(),
        parent.scope().arn("states", "stateMachine:" + machine).toString(),
        machine,
        null,
        null,
        parent.roleArn(),
        parent.revision(),
        plan.state(),
        state.itemProcessor().graph(),
        express ? 300 : 0,
        now(),
        children.nextOrder(),
        input,
        parent.traceHeader(),
        new Execution.MapChild(plan.mapRunArn(), index),
        0,
        express);
  }

  void childEnded(ExecutionKey key, int index) {
    Head head = executions.head(key).orElseThrow();
    Entry.HistoryEvent last = executions.last(key).orElseThrow();
    ended(
        index,
        new ChildResult(
            key.arn(),
            key.name(),
            head.status(),
            last.detail() instanceof Detail.Output o ? o.output().text() : null,
            last.detail() instanceof Detail.Failure f ? f.error() : null,
            last.detail() instanceof Detail.Failure f ? f.cause() : null,
            head.started(),
            head.stopped()));
  }

  void expressEnded(Execution execution, ExecutionState end, int index) {
    Payload output = end.output();
    ended(
        index,
        new ChildResult(
            execution.arn(),
            execution.key().name(),
            end.status(),
            output == null ? null : output.text(),
            end.error(),
            end.cause(),
            execution.started(),
            end.stopped()));
  }

  private void ended(int index, ChildResult result) {
    synchronized (this) {
      if (over || counted.get(index)) {
        return;
      }
    }
    platform.store().commit(new Batch().put(result(index), result.written()));
    boolean failed;
    synchronized (this) {
      if (over || counted.get(index)) {
        return;
      }
      counted.set(index);
      running--;
      run = counted(result.status());
      failed = run.tooManyFailures();
    }
    if (failed) {
      fail(
          "States.ExceedToleratedFailureThreshold",
          "The specified tolerated failure threshold was exceeded");
    } else {
      fill();
    }
  }

  private MapRun counted(ExecutionStatus status) {
    return switch (status) {
      case SUCCEEDED -> run.counted(1, 0, 0, 0);
      case FAILED -> run.counted(0, 1, 0, 0);
      case TIMED_OUT -> run.counted(0, 0, 1, 0);
      case ABORTED -> run.counted(0, 0, 0, 1);
      case RUNNING -> throw new IllegalStateException("A child that runs has not ended");
    };
  }

  private void finish() {
    try {
      finish(results());
    } catch (SdkException e) {
      end(
          MapRun.Status.FAILED,
          0,
          new TaskOutcome.Failed("States.ResultWriterFailed", e.getMessage()));
    }
  }

  private List<ChildResult> results() {
    try (Scan scan = platform.store().scan(KeyRange.prefix(run.results()))) {
      return scan.stream().map(each -> ChildResult.read(each.value())).toList();
    }
  }

  private void finish(List<ChildResult> results) {
    ResultWriter writer = state.resultWriter();
    Payload arguments = plan.writer();
    if (writer == null || writer.resource() == null || arguments == null) {
      List<@Nullable Object> values = new ArrayList<>(results.size());
      results.forEach(each -> values.add(each.value()));
      boolean flat =
          writer != null && writer.transformation() == ResultWriter.Transformation.FLATTEN;
      Payload output = Payload.of(flat ? ResultFiles.flattened(values) : values);
      end(MapRun.Status.SUCCEEDED, results.size(), new TaskOutcome.Succeeded(output));
      return;
    }
    List<ResultFiles.Line> lines = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      lines.add(new ResultFiles.Line(results.get(i), input(i).text()));
    }
    ResultFiles files =
        ResultFiles.of(
            platform.clients().get(S3Client.class, parent.scope()),
            writer,
            (Map<?, ?>) Objects.requireNonNull(arguments.value()),
            plan.id());
    String machineArn = child(0, Payload.EMPTY).machineArn();
    String manifest = files.write(plan.mapRunArn(), machineArn, lines);
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("Bucket", files.bucket());
    details.put("Key", manifest);
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("MapRunArn", plan.mapRunArn());
    output.put("ResultWriterDetails", details);
    end(MapRun.Status.SUCCEEDED, results.size(), new TaskOutcome.Succeeded(Payload.of(output)));
  }

  void fail(String error, String cause) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    stopChildren();
    end(MapRun.Status.FAILED, 0, new TaskOutcome.Failed(error, cause));
  }

  void abort() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      run = run.ended(MapRun.Status.ABORTED, 0, now());
      platform.store().commit(new Batch().put(run.key(), run.written()));
    }
    stopChildren();
  }

  private void stopChildren() {
    int begun;
    synchronized (this) {
      begun = next;
    }
    for (int i = 0; i < begun; i++) {
      if (platform.store().get(result(i)) == null) {
        children.stop(child(i, Payload.EMPTY));
      }
    }
  }

  private void end(MapRun.Status status, int written, TaskOutcome outcome) {
    synchronized (this) {
      run = run.ended(status, written, now());
      platform.store().commit(new Batch().put(run.key(), run.written()));
    }
    told.accept(outcome);
  }

  synchronized int running() {
    return running;
  }

  synchronized MapRun told() {
    return run;
  }

  void limit(long concurrency, long count, double percentage) {
    synchronized (this) {
      run = run.limited(concurrency, count, percentage);
      platform.store().commit(new Batch().put(run.key(), run.written()));
    }
    fill();
  }
}
