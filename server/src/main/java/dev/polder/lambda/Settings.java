package dev.polder.lambda;

import dev.polder.kernel.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a user sets about a function.
///
/// @param timeout seconds
/// @param memorySize MB; enforced where a function is a process, else reported
/// @param environment variables of the user
/// @param ephemeralStorage MB; reported, not enforced
/// @param tracing `PassThrough` or `Active`; reported only
/// @param snapStart `None` or `PublishedVersions`; reported only
/// @param layers in the order in which they are laid over each other
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
    Logging logging,
    List<UsedLayer> layers) {

  /// A layer version as a function uses it, which it goes on doing when the version is deleted.
  ///
  /// @param arn with the version
  record UsedLayer(String arn, FunctionConfig.Code code) {}

  /// How a function's log lines are written.
  ///
  /// @param format `Text` or `JSON`
  /// @param applicationLevel empty for none
  /// @param systemLevel empty for none
  record Logging(String format, String applicationLevel, String systemLevel, String group) {}

  Settings {
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    layers = List.copyOf(layers);
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
        logging,
        layers);
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
    List<Map<String, Object>> used = new ArrayList<>();
    for (UsedLayer layer : layers) {
      used.add(Map.of("arn", layer.arn(), "id", layer.code().id(), "size", layer.code().size()));
    }
    json.put("layers", used);
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
            json.text("logGroup")),
        json.has("layers")
            ? json.objects("layers").stream().map(Settings::layer).toList()
            : List.of());
  }

  private static UsedLayer layer(JsonObject json) {
    return new UsedLayer(
        json.text("arn"), new FunctionConfig.Code(json.text("id"), json.number("size")));
  }
}
