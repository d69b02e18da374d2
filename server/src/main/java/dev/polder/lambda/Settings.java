package dev.polder.lambda;

import dev.polder.kernel.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a user sets about a function.
///
/// @param timeout seconds
/// @param memorySize MB; reported, not enforced
/// @param environment variables of the user
/// @param ephemeralStorage MB; reported, not enforced
/// @param tracing `PassThrough` or `Active`; reported only
/// @param snapStart `None` or `PublishedVersions`; reported only
record Settings(
    String runtime,
    String role,
    String handler,
    String description,
    int timeout,
    int memorySize,
    Map<String, String> environment,
    String architecture,
    int ephemeralStorage,
    String tracing,
    String snapStart,
    Logging logging) {

  /// How a function's log lines are written.
  ///
  /// @param format `Text` or `JSON`
  /// @param applicationLevel empty for none
  /// @param systemLevel empty for none
  record Logging(String format, String applicationLevel, String systemLevel, String group) {}

  Settings {
    environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /// @param changed null for no change
  Settings with(@Nullable String changed) {
    return new Settings(
        runtime,
        role,
        handler,
        description,
        timeout,
        memorySize,
        environment,
        changed == null ? architecture : changed,
        ephemeralStorage,
        tracing,
        snapStart,
        logging);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runtime", runtime);
    json.put("role", role);
    json.put("handler", handler);
    json.put("description", description);
    json.put("timeout", timeout);
    json.put("memorySize", memorySize);
    json.put("environment", environment);
    json.put("architecture", architecture);
    json.put("ephemeralStorage", ephemeralStorage);
    json.put("tracing", tracing);
    json.put("snapStart", snapStart);
    json.put("logFormat", logging.format());
    json.put("applicationLogLevel", logging.applicationLevel());
    json.put("systemLogLevel", logging.systemLevel());
    json.put("logGroup", logging.group());
    return json;
  }

  /// Reads what [#json()] gave, after it was written and read.
  static Settings of(JsonObject json) {
    return new Settings(
        json.text("runtime"),
        json.text("role"),
        json.text("handler"),
        json.text("description"),
        json.whole("timeout"),
        json.whole("memorySize"),
        json.texts("environment"),
        json.text("architecture"),
        json.whole("ephemeralStorage"),
        json.text("tracing"),
        json.text("snapStart"),
        new Logging(
            json.text("logFormat"),
            json.text("applicationLogLevel"),
            json.text("systemLogLevel"),
            json.text("logGroup")));
  }
}
