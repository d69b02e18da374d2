package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.Nullable;

/// A fixed value.
record Literal(@Nullable Object value) implements Expression {
  @Override
  public @Nullable Object evaluate(Data data) {
    return value;
  }
}
