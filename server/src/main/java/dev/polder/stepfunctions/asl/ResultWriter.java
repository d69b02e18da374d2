package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Expression;
import org.jspecify.annotations.Nullable;

/// Where a distributed Map state puts the results of its child executions.
///
/// @param resource `s3:putObject`, or null where results are only transformed
/// @param arguments `Parameters` or `Arguments`
public record ResultWriter(
    @Nullable Resource resource,
    @Nullable Expression arguments,
    Transformation transformation,
    OutputType outputType) {

  /// What of each child execution is kept.
  public enum Transformation {
    NONE,
    COMPACT,
    FLATTEN
  }

  /// The format of the files.
  public enum OutputType {
    JSON,
    JSONL
  }
}
