package dev.polder.stepfunctions.execution;

import java.util.List;

/// Who wants to know what executions do. Called after it is on disk, on the thread that did it:
/// must be quick.
public interface Observer {

  /// New lines in the log of an execution.
  void progressed(Execution execution, ExecutionState state, List<Entry> entries);
}
