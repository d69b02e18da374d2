package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.Nullable;

/// The path of `SecondsPath` or `TimestampPath`, which has words of its own for leading nowhere.
record ParameterPath(Path path, String field) implements Expression {
  @Override
  public @Nullable Object evaluate(Data data) {
    try {
      return path.find(data);
    } catch (NoMatch e) {
      throw e.failure(
          "The " + field + " parameter does not reference an input value: " + path.text());
    }
  }
}
