package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Data;
import dev.polder.stepfunctions.expression.Expression;
import org.jspecify.annotations.Nullable;

/// A number that a definition gives outright, by a path, or by an expression: a timeout, a limit, a
/// tolerance.
///
/// @param field the name of the field without `Path`, such as `TimeoutSeconds`
/// @param path the path as written in the `...Path` form of the field, or null
/// @param least the least value allowed
/// @param most the greatest value allowed
public record Quantity(
    String field, Expression value, @Nullable String path, double least, double most) {

  /// The number, whole.
  ///
  /// @throws dev.polder.stepfunctions.expression.EvaluationFailure if there is none or it is not
  ///   allowed
  public long whole(Data data) {
    return Quantities.whole(this, data);
  }

  /// The number, which may have a fraction.
  ///
  /// @throws dev.polder.stepfunctions.expression.EvaluationFailure if there is none or it is not
  ///   allowed
  public double decimal(Data data) {
    return Quantities.decimal(this, data);
  }
}
