package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.Nullable;

/// The path that is the value of a field whose name ends in `Path`.
record FieldPath(Path path) implements Expression {
  @Override
  public @Nullable Object evaluate(Data data) {
    try {
      return path.find(data);
    } catch (NoMatch e) {
      throw e.failure("Invalid path '" + path.text() + "' : " + e.reason());
    }
  }
}
