package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.Nullable;

/// The path that gives a field of a payload template its value.
///
/// @param field the name with its `.$`
record TemplatePath(Path path, String field) implements Expression {
  @Override
  public @Nullable Object evaluate(Data data) {
    try {
      return path.findInTemplate(data);
    } catch (NoMatch e) {
      throw e.failure(
          "The JSONPath '"
              + path.text()
              + "' specified for the field '"
              + field
              + "' could not be found in the input '"
              + path.quotedRoot(data)
              + "'");
    }
  }
}
