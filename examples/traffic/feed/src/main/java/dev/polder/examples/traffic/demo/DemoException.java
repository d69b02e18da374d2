package dev.polder.examples.traffic.demo;

/// The demo ends without success, for the reason that the message tells.
final class DemoException extends Exception {
  private static final long serialVersionUID = 1L;

  /// The command line, or the state of the stack, does not let the demo begin.
  static final int CANNOT_BEGIN = 2;

  /// The pipeline failed, or its result is wrong.
  static final int FAILED = 1;

  private final int exitCode;

  private DemoException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static DemoException usage(String message) {
    return new DemoException(CANNOT_BEGIN, message + "\n" + Options.USAGE.stripTrailing());
  }

  static DemoException cannotBegin(String message) {
    return new DemoException(CANNOT_BEGIN, message);
  }

  static DemoException failed(String message) {
    return new DemoException(FAILED, message);
  }

  int exitCode() {
    return exitCode;
  }
}
