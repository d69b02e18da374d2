package dev.polder.examples.traffic.simulator;

import dev.polder.examples.traffic.feed.Damage;
import org.jspecify.annotations.Nullable;

/// What becomes of one measurement on its way.
///
/// @param delay minutes from measuring to its first publication: 1 as a rule, up to 60 when it is
///   late
/// @param damage how it is spoiled; null if it arrives whole
/// @param repeat minutes from measuring to a second publication; 0 if there is none
/// @param corrected whether the second publication has other values, and a later time of change
record Fate(int delay, @Nullable Damage damage, int repeat, boolean corrected) {
  static final int LONGEST_DELAY = 60;
  static final Fate PLAIN = new Fate(1, null, 0, false);
}
