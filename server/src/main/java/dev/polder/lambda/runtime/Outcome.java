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

  /// The handler returned more than may be answered.
  ///
  /// @param size bytes
  record TooLarge(long size) implements Outcome {}

  /// The function's process cannot be started: what it is run by is not there.
  ///
  /// @param reason what is missing, and what to do
  record NoEntrypoint(String reason) implements Outcome {}

  /// The time was up.
  record TimedOut() implements Outcome {}

  /// The server, and not the function, ended the call; nothing is known of its result.
  record Stopped() implements Outcome {}

  /// The function ended its process.
  record Exited(int status) implements Outcome {}

  /// A signal ended the function's process, such as `KILL` where it used too much memory.
  ///
  /// @param number as in `kill -9`
  record Signalled(int number) implements Outcome {}
}
