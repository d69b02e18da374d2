package dev.polder.stepfunctions.asl;

/// Where a state leads.
public sealed interface Transition {
  /// To another state of the same graph.
  record Next(String state) implements Transition {}

  /// Out of the graph: its output is the state's.
  record End() implements Transition {}
}
