package dev.polder.lambda.runtime;

import java.util.Map;

/// The signals that end processes, in the words in which Lambda reports them, which are Go's.
public final class Signals {
  private static final Map<Integer, String> NAMES =
      Map.of(
          4, "illegal instruction",
          6, "aborted",
          7, "bus error",
          8, "floating point exception",
          9, "killed",
          11, "segmentation fault",
          15, "terminated");

  private Signals() {}

  /// True for the signals that end a process which did not ask for it. The status of a process does
  /// not tell a signal from an exit with 128 and more, of which runtimes use 128 to 131.
  static boolean isFatal(int number) {
    return NAMES.containsKey(number);
  }

  /// Such as `killed`.
  public static String name(int number) {
    return NAMES.getOrDefault(number, "signal " + number);
  }
}
