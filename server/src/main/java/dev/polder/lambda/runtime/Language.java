package dev.polder.lambda.runtime;

/// What a function is written in, which decides how it is run.
public enum Language {
  /// In a class loader of this process.
  JAVA,
  /// In a process of the machine's `node`.
  NODE,
  /// In a process of the machine's `python3`.
  PYTHON,
  /// In a process of the function's own `bootstrap`.
  PROVIDED;

  /// True if an environment is a process of its own.
  boolean process() {
    return this != JAVA;
  }
}
