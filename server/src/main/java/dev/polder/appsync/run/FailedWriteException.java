package dev.polder.appsync.run;

/// A transaction that was not done because one of its writes could not be.
final class FailedWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int write;
  private final FieldException failure;

  /// @param write which, from 0
  FailedWriteException(int write, FieldException failure) {
    super(failure.message(), failure, false, false);
    this.write = write;
    this.failure = failure;
  }

  int write() {
    return write;
  }

  FieldException failure() {
    return failure;
  }
}
