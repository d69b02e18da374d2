package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.Nullable;

/// The path that is an argument of an intrinsic function.
record ArgumentPath(Path path) implements Expression {
  @Override
  public @Nullable Object evaluate(Data data) {
    try {
      return path.findInTemplate(data);
    } catch (NoMatch e) {
      throw e.failure(
          "The JsonPath argument for the field '"
              + path.text()
              + "' could not be found in the input '"
              + path.quotedRoot(data)
              + "'");
    }
  }
}
