package dev.polder.lambda;

import java.util.List;

/// The runtimes that functions can have here. All run on the server's own Java.
final class Runtimes {
  static final List<String> SUPPORTED =
      List.of("java8.al2", "java11", "java17", "java21", "java25");

  private Runtimes() {}

  /// Refuses a runtime of AWS that is not one of ours as AWS refuses one that is not one of theirs.
  static void check(String runtime) {
    if (!SUPPORTED.contains(runtime)) {
      throw LambdaErrors.runtime(runtime, SUPPORTED);
    }
  }
}
