package dev.polder.stepfunctions.execution;

import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.asl.StateGraph;
import org.jspecify.annotations.Nullable;

/// The definitions that executions run.
public interface Programs {

  /// The states of a revision, which is never changed or removed while an execution runs it.
  ///
  /// @param machine the name of the state machine
  /// @param mapState the distributed Map state whose items are to be processed, or null for the
  ///   whole machine
  StateGraph graph(Scope scope, String machine, String revision, @Nullable String mapState);

  /// Whether there is an activity of this ARN.
  boolean hasActivity(Scope scope, String arn);
}
