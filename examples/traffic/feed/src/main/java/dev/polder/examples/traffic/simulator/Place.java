package dev.polder.examples.traffic.simulator;

/// A place on a road: one or more lanes, each with a detector (a point of the feed), under one
/// `lve_nr`.
///
/// @param number the `lve_nr`
/// @param firstPoint the `unieke_id` of the first lane; the others follow
/// @param lanes how many lanes
/// @param limit how fast cars go when the road is free, km/h
/// @param busy vehicles a minute in a lane at the busiest hour
/// @param jamProne how likely a jam is in a rush hour, 0 to 1
public record Place(
    int number, int firstPoint, int lanes, int limit, double busy, double jamProne) {

  /// The `beschrijvende_id` of a lane.
  ///
  /// @param point its `unieke_id`
  public String describe(int point) {
    return "H" + (100 + number) + "L" + 10 * (1 + point - firstPoint);
  }
}
