package dev.polder.stepfunctions.expression;

/// Where compilation tells what is wrong with a definition, and goes on.
@FunctionalInterface
public interface Problems {

  /// @param code such as `SCHEMA_VALIDATION_FAILED`
  /// @param location where in the definition
  void report(String code, String message, String location);
}
