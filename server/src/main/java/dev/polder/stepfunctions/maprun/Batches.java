package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.execution.MapRunPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts items together so that each child execution has several.
final class Batches {
  private final MapRunPlan plan;
  private final Consumer<@Nullable Object> inputs;
  private List<@Nullable Object> batch = new ArrayList<>();
  private long size;

  /// @param inputs takes the input of each child
  Batches(MapRunPlan plan, Consumer<@Nullable Object> inputs) {
    this.plan = plan;
    this.inputs = inputs;
  }

  static boolean wanted(MapRunPlan plan) {
    return plan.batchItems() > 0 || plan.batchBytes() > 0 || plan.batchInput() != null;
  }

  void add(@Nullable Object item) {
    long bytes = Json.write(item).getBytes(StandardCharsets.UTF_8).length + 1L;
    boolean full =
        (plan.batchItems() > 0 && batch.size() >= plan.batchItems())
            || (plan.batchBytes() > 0 && size + bytes > plan.batchBytes());
    if (full) {
      end();
    }
    batch.add(item);
    size += bytes;
  }

  /// Closes the batch in hand.
  void end() {
    if (batch.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    input.put("Items", batch);
    if (plan.batchInput() != null) {
      input.put("BatchInput", plan.batchInput().value());
    }
    inputs.accept(input);
    batch = new ArrayList<>();
    size = 0;
  }
}
