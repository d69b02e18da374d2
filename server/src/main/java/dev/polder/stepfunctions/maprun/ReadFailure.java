package dev.polder.stepfunctions.maprun;

/// Items that cannot be read. Fails the map run with `States.ItemReaderFailed`.
final class ReadFailure extends Exception {
  private static final long serialVersionUID = 1L;

  ReadFailure(String message) {
    super(message);
  }
}
