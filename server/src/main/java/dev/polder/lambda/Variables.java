package dev.polder.lambda;

import dev.polder.kernel.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The environment variables of a function.
/// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
final class Variables {
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private Variables() {}

  /// Refuses what a user may not set.
  static void check(Map<String, String> variables) {
    Set<String> reserved = new TreeSet<>(variables.keySet());
    reserved.retainAll(RESERVED);
    String unable =
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided ";
    if (!reserved.isEmpty()) {
      throw LambdaErrors.invalid(
          unable
              + "contains reserved keys that are currently not supported for modification."
              + " Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    for (String name : variables.keySet()) {
      if (!name.matches("[a-zA-Z]([a-zA-Z0-9_])+")) {
        throw LambdaErrors.constraint(
            variables.keySet(),
            "environment.variables",
            "Map keys must satisfy constraint: [Member must satisfy regular expression pattern:"
                + " [a-zA-Z]([a-zA-Z0-9_])+]");
      }
    }
    if (bytes(variables) > 4096) {
      throw LambdaErrors.invalid(unable + "exceeded the 4KB limit.");
    }
  }

  private static long bytes(Map<String, String> variables) {
    return Json.write(variables).getBytes(StandardCharsets.UTF_8).length;
  }

  /// All variables of a function. An unchanged SDK client inside it reaches this server.
  ///
  /// @param runtime what its runtime adds, and the user may change
  /// @param session the credentials it acts with
  static Map<String, String> of(
      FunctionName name,
      FunctionConfig config,
      Path task,
      URI endpoint,
      Map<String, String> runtime,
      Map<String, String> session) {
    Settings settings = config.settings();
    Map<String, String> all = new HashMap<>();
    all.put("AWS_ENDPOINT_URL", numeric(endpoint));
    all.put("TZ", ":UTC");
    all.put("LANG", "en_US.UTF-8");
    all.putAll(runtime);
    all.putAll(settings.environment());
    all.put("_HANDLER", settings.handler());
    all.put("AWS_REGION", name.scope().region());
    all.put("AWS_DEFAULT_REGION", name.scope().region());
    all.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + settings.runtime());
    all.put("AWS_LAMBDA_FUNCTION_NAME", config.name());
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memorySize()));
    all.put("AWS_LAMBDA_FUNCTION_VERSION", config.version());
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", settings.logging().group());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", stream(config));
    all.put("AWS_LAMBDA_LOG_FORMAT", settings.logging().format().equals("JSON") ? "JSON" : "TEXT");
    if (!settings.logging().applicationLevel().isEmpty()) {
      all.put("AWS_LAMBDA_LOG_LEVEL", settings.logging().applicationLevel());
    }
    all.putAll(session);
    all.put("LAMBDA_TASK_ROOT", task.toString());
    return all;
  }

  private static String stream(FunctionConfig config) {
    return "[" + config.version() + "]" + config.revisionId().replace("-", "");
  }

  // With a numeric host the SDK puts buckets into the path; "bucket.localhost" has no address.
  private static String numeric(URI endpoint) {
    return endpoint.toString().replaceFirst("^(https?://)localhost\\b", "$1127.0.0.1");
  }
}
