package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.ReferencePath;
import org.jspecify.annotations.Nullable;

/// Where a result goes in the state's input.
///
/// @param path null: the result is dropped and the input goes on
public record ResultPath(@Nullable ReferencePath path) {
  static final ResultPath REPLACE = new ResultPath(ReferencePath.ROOT);

  /// The input with the result in its place. The input itself is not changed.
  ///
  /// @throws dev.polder.stepfunctions.expression.EvaluationFailure with
  ///   `States.ResultPathMatchFailure` if the input has no such place
  @Nullable Object place(@Nullable Object input, @Nullable Object result) {
    return path == null ? input : path.put(input, result);
  }
}
