package dev.polder.stepfunctions.conformance;

import org.jspecify.annotations.Nullable;

/// How far a case agrees with what was recorded.
///
/// @param level 0 (not at all) to 4 (to the last cause text); what a case does not have counts as
///   agreed
/// @param difference the first difference above that level, or null
record Verdict(int level, @Nullable String difference) {
  static final Verdict WHOLE = new Verdict(4, null);

  static Verdict at(int level, @Nullable String difference) {
    return new Verdict(level, difference);
  }
}
