package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.stepfunctions.asl.ItemReader;
import dev.polder.stepfunctions.asl.State;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.MapRunPlan;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.expression.ContextObject;
import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Environment;
import dev.polder.store.Batch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// Finds the items of a map run, selects, puts them into batches and stores what each child is to
/// be given. Items pass one by one: however many there are, only a few are in memory.
final class Inputs {
  private static final int STORED_AT_ONCE = 1000;
  private static final int BYTES_AT_ONCE = 4 << 20;

  private final Platform platform;
  private final Execution parent;
  private final MapRunPlan plan;
  private final State.MapState state;
  private final MapRun run;
  private Batch batch = new Batch();
  private int unstored;
  private int bytes;
  private int children;
  private int items;

  Inputs(Platform platform, Execution parent, MapRunPlan plan, State.MapState state, MapRun run) {
    this.platform = platform;
    this.parent = parent;
    this.plan = plan;
    this.state = state;
    this.run = run;
  }

  /// Reads all; answers the run with its counts, stored.
  MapRun read() throws ReadFailure {
    if (plan.maxItems() < 0) {
      throw new ReadFailure("field MaxItems must be positive");
    }
    Batches batches = Batches.wanted(plan) ? new Batches(plan, this::store) : null;
    Payload given = plan.inputs();
    if (given != null) {
      for (Object input : (List<?>) Objects.requireNonNull(given.value())) {
        add(batches, input);
      }
    } else {
      found(batches);
    }
    if (batches != null) {
      batches.end();
    }
    MapRun read = run.read(children, items);
    platform.store().commit(batch.put(run.key(), read.written()));
    return read;
  }

  private void add(@Nullable Batches batches, @Nullable Object input) {
    items++;
    if (batches == null) {
      store(input);
    } else {
      batches.add(input);
    }
  }

  private void found(@Nullable Batches batches) throws ReadFailure {
    ItemReader reader = state.itemReader();
    if (reader == null) {
      throw new ReadFailure("The state has no ItemReader");
    }
    Payload arguments = plan.reader();
    Object value = arguments == null ? null : arguments.value();
    ItemSource source =
        new ItemSource(
            platform.clients().get(S3Client.class, parent.scope()),
            reader.resource(),
            reader.config(),
            value instanceof Map<?, ?> map ? map : Map.of(),
            platform.data().resolve("stepfunctions"));
    Data data = data();
    ContextObject context = context();
    source.each(item -> {
      var told = new ContextObject.Item(items, item.value(), item.key(), item.source());
      add(batches, state.itemInput(data, context, told));
      return plan.maxItems() == 0 || items < plan.maxItems();
    });
  }

  private ContextObject context() {
    return parent.context(
        0,
        new ContextObject.State(plan.state(), Execution.iso(plan.enteredAt()), plan.retries()),
        null,
        null);
  }

  @SuppressWarnings("unchecked")
  private Data data() {
    Object variables = Objects.requireNonNull(plan.variables().value());
    RandomGenerator random = () -> UUID.fromString(platform.ids().uuid()).getLeastSignificantBits();
    return Data.of(
        plan.data().value(),
        context(),
        (Map<String, @Nullable Object>) variables,
        new Environment(platform.time(), random));
  }

  private void store(@Nullable Object input) {
    byte[] text = Json.write(input).getBytes(StandardCharsets.UTF_8);
    batch.put(run.inputs().with(children++), text);
    bytes += text.length;
    if (++unstored == STORED_AT_ONCE || bytes > BYTES_AT_ONCE) {
      platform.store().commit(batch);
      batch = new Batch();
      unstored = 0;
      bytes = 0;
    }
  }
}
