package dev.polder.lambda.runtime;

/// How an invocation ended, as a value.
public sealed interface Outcome {

  /// The handler returned.
  ///
  /// @param payload JSON, as AWS's own serialisation wrote it
  record Returned(byte[] payload) implements Outcome {}

  /// The handler threw, or the function could not be initialised.
  ///
  /// @param payload JSON: `errorMessage`, `errorType` and, of what was thrown, `stackTrace`
  record Failed(byte[] payload) implements Outcome {}

  /// The time was up.
  record TimedOut() implements Outcome {}

  /// The server, and not the function, ended the call; nothing is known of its result.
  record Stopped() implements Outcome {}

  /// The function ended its process.
  record Exited(int status) implements Outcome {}
}
