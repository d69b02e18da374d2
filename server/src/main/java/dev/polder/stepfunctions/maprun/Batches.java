package dev.polder.stepfunctions.maprun;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.execution.MapRunPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Items put together so that each child execution has several.
final class Batches {
  private Batches() {}

  static boolean wanted(MapRunPlan plan) {
    return plan.batchItems() > 0 || plan.batchBytes() > 0 || plan.batchInput() != null;
  }

  static List<@Nullable Object> of(MapRunPlan plan, List<? extends @Nullable Object> items) {
    List<@Nullable Object> batches = new ArrayList<>();
    List<@Nullable Object> batch = new ArrayList<>();
    long size = 0;
    for (Object item : items) {
      long bytes = Json.write(item).getBytes(StandardCharsets.UTF_8).length + 1L;
      boolean full =
          (plan.batchItems() > 0 && batch.size() >= plan.batchItems())
              || (plan.batchBytes() > 0 && !batch.isEmpty() && size + bytes > plan.batchBytes());
      if (full) {
        batches.add(input(plan, batch));
        batch = new ArrayList<>();
        size = 0;
      }
      batch.add(item);
      size += bytes;
    }
    if (!batch.isEmpty()) {
      batches.add(input(plan, batch));
    }
    return batches;
  }

  private static Map<String, @Nullable Object> input(
      MapRunPlan plan, List<@Nullable Object> batch) {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    input.put("Items", batch);
    if (plan.batchInput() != null) {
      input.put("BatchInput", plan.batchInput().value());
    }
    return input;
  }
}
