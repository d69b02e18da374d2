package dev.polder.lambda.runtime;

import dev.polder.kernel.LocalHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What an execution environment is made from.
///
/// @param id equal for equal code and settings, so that environments of the one may serve the
///   other; another after every update
/// @param name for threads and messages
/// @param language how it is run
/// @param handler such as `com.example.Land::handleRequest` or `index.handler`
/// @param code of a Java function, the jars in the order of its class path; else the folder of the
///   unpacked package, then those of its layers
/// @param variables the whole environment of the function
/// @param timeout of one invocation
/// @param memory MB that a process may use; means nothing for Java
/// @param until when the credentials among the variables expire: no later call is served
/// @param server the server around it, for those that run in its process
public record FunctionSpec(
    String id,
    String name,
    Language language,
    String handler,
    List<Path> code,
    Map<String, String> variables,
    Duration timeout,
    int memory,
    Instant until,
    LocalHttp server) {

  public FunctionSpec {
    code = List.copyOf(code);
    variables = Map.copyOf(variables);
  }
}
