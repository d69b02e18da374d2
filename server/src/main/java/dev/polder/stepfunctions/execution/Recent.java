package dev.polder.stepfunctions.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The executions that moved last, so that one that moves again soon need not be read again. An
/// execution is taken out while somebody works with it.
final class Recent {
  private static final int SIZE = 64;

  private final Map<ExecutionKey, ExecutionStore.Opened> kept = new LinkedHashMap<>();

  synchronized void put(ExecutionStore.Opened opened) {
    kept.put(opened.execution.key(), opened);
    if (kept.size() > SIZE) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  synchronized ExecutionStore.@Nullable Opened take(ExecutionKey key) {
    return kept.remove(key);
  }
}
