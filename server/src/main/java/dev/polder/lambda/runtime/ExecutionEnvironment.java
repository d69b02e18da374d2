package dev.polder.lambda.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One initialised copy of a function. Serves one invocation at a time.
sealed interface ExecutionEnvironment extends AutoCloseable
    permits JavaEnvironment, ProcessEnvironment {

  /// What AWS gives the initialisation before the first call's own time-out begins.
  /// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
  Duration INIT = Duration.ofSeconds(10);

  FunctionSpec spec();

  /// True once this environment can serve no more.
  boolean ended();

  /// Loads the function's handler.
  ///
  /// @return empty of failure: null if it is ready
  @Nullable Outcome init(InvocationLog to);

  /// Calls the function and waits until it ends or its time is up. After a time-out, an exit or a
  /// fatal error the environment has [#ended()].
  ///
  /// @return null if the environment ended before it took the invocation: nothing has run
  @Nullable Outcome invoke(Invocation invocation, InvocationLog to);

  /// The most memory that the environment has used, in bytes.
  long memoryUsed();

  /// Ends the call in hand, if there is one, because the server stops.
  void abort();

  /// Ends the environment.
  @Override
  void close();
}
