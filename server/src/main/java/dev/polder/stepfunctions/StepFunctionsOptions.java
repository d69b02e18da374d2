package dev.polder.stepfunctions;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What of Step Functions can be configured.
///
/// @param mockConfig a mock configuration file in the format of Step Functions Local
/// @param httpHosts the hosts that HTTP tasks may call besides this machine's own, each as `name`
///   or `name:port`
/// @param httpConnections a file with the EventBridge connections that HTTP tasks may name
public record StepFunctionsOptions(
    Optional<Path> mockConfig, Set<String> httpHosts, Optional<Path> httpConnections) {

  /// No mocks, no hosts but this machine, no connections.
  public static final StepFunctionsOptions NONE =
      new StepFunctionsOptions(Optional.empty(), Set.of(), Optional.empty());

  public StepFunctionsOptions {
    httpHosts = Set.copyOf(httpHosts);
  }
}
