package dev.polder.stepfunctions.asl;

import java.util.List;
import java.util.OptionalInt;

/// What happens to an error that no retry takes away.
///
/// @param flow result path or output, and assignments, for the error output
public record Catcher(ErrorEquals errors, DataFlow flow, String next) {

  /// The position of the first catcher whose errors match.
  public static OptionalInt find(List<Catcher> catchers, String error) {
    return ErrorEquals.first(catchers, Catcher::errors, error);
  }
}
