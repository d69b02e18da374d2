package dev.polder.lambda.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What an execution environment is made from.
///
/// @param id equal for equal code and settings, so that environments of the one may serve the
///   other; another after every update
/// @param name for threads and messages
/// @param handler such as `com.example.Land::handleRequest`
/// @param code the jars of the function in the order of its class path
/// @param variables the whole environment of the function
/// @param timeout of one invocation
public record FunctionSpec(
    String id,
    String name,
    String handler,
    List<Path> code,
    Map<String, String> variables,
    Duration timeout) {

  public FunctionSpec {
    code = List.copyOf(code);
    variables = Map.copyOf(variables);
  }
}
