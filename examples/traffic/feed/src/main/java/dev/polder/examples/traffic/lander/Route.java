package dev.polder.examples.traffic.lander;

/// The way of a simulated event into the lake.
public enum Route {
  /// As in life: written into a document of the feed, read from it, checked, landed.
  XML,
  /// For large lakes: landed as it was simulated, several times faster. Events that were spoiled on
  /// the way still go through XML, and are refused.
  EVENTS
}
