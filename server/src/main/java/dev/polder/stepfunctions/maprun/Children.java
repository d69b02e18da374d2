package dev.polder.stepfunctions.maprun;

import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.ExecutionKey;
import java.util.List;

/// Begins child executions of map runs.
public interface Children {

  /// Begins a child; one that has ended without success is redriven, one that runs is left alone.
  void begin(Execution child);

  /// Stops Standard children that run; returns when that is on disk.
  void stop(List<ExecutionKey> children);

  /// A number that rises from each execution that starts to the next.
  long nextOrder();
}
