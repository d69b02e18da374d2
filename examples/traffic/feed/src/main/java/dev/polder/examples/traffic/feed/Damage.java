package dev.polder.examples.traffic.feed;

/// How a measurement can be spoiled on its way; the lander must refuse each.
public enum Damage {
  /// The element with the number of the place is missing.
  NO_LOCATION,
  /// The time of measuring is a word.
  TIME_IS_TEXT,
  /// An intensity is empty.
  EMPTY_INTENSITY,
  /// Cars at 999 km/h.
  IMPLAUSIBLE_SPEED
}
