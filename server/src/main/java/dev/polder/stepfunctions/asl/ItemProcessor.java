package dev.polder.stepfunctions.asl;

/// What a Map state does with each item, and as what.
public record ItemProcessor(Mode mode, ExecutionType executionType, StateGraph graph) {

  /// Whether items are iterations of the same execution or child executions.
  public enum Mode {
    INLINE,
    DISTRIBUTED
  }

  /// The type of child executions of a distributed map.
  public enum ExecutionType {
    STANDARD,
    EXPRESS
  }
}
