package dev.polder.lambda;

import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A function and what belongs to it as a whole.
///
/// @param latest its unpublished state
/// @param lastVersion number of the last version published; 0 for none
/// @param reserved concurrency reserved, which is also its limit; null for none
/// @param policies statements by id, by qualifier (empty for none); each a JSON text
/// @param async how its asynchronous invocations are retried
record LambdaFunction(
    FunctionConfig latest,
    long lastVersion,
    Map<String, String> tags,
    @Nullable Integer reserved,
    Map<String, Map<String, String>> policies,
    AsyncSettings async) {

  /// How asynchronous invocations are retried.
  ///
  /// @param retries after the first attempt, 0 to 2
  /// @param maxAge seconds after which an event is dropped
  /// @param set false while these are the defaults
  record AsyncSettings(int retries, int maxAge, boolean set) {
    static final AsyncSettings DEFAULT = new AsyncSettings(2, 21600, false);
  }

  LambdaFunction {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
  }

  static LambdaFunction of(FunctionConfig config, Map<String, String> tags) {
    return new LambdaFunction(config, 0, tags, null, Map.of(), AsyncSettings.DEFAULT);
  }

  LambdaFunction with(FunctionConfig changed) {
    return new LambdaFunction(changed, lastVersion, tags, reserved, policies, async);
  }

  LambdaFunction withLastVersion(long number) {
    return new LambdaFunction(latest, number, tags, reserved, policies, async);
  }

  LambdaFunction withTags(Map<String, String> changed) {
    return new LambdaFunction(latest, lastVersion, changed, reserved, policies, async);
  }

  LambdaFunction withReserved(@Nullable Integer changed) {
    return new LambdaFunction(latest, lastVersion, tags, changed, policies, async);
  }

  LambdaFunction withPolicies(Map<String, Map<String, String>> changed) {
    return new LambdaFunction(latest, lastVersion, tags, reserved, changed, async);
  }

  LambdaFunction with(AsyncSettings changed) {
    return new LambdaFunction(latest, lastVersion, tags, reserved, policies, changed);
  }

  byte[] bytes() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("latest", latest.json());
    json.put("lastVersion", lastVersion);
    json.put("tags", tags);
    json.put("reserved", reserved);
    json.put("policies", policies);
    json.put("retries", async.retries());
    json.put("maxAge", async.maxAge());
    json.put("asyncSet", async.set());
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static LambdaFunction of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    Map<String, Map<String, String>> policies = new LinkedHashMap<>();
    JsonObject kept = json.object("policies");
    kept.names().forEach(qualifier -> policies.put(qualifier, kept.texts(qualifier)));
    return new LambdaFunction(
        FunctionConfig.of(json.object("latest")),
        json.number("lastVersion"),
        json.texts("tags"),
        json.has("reserved") ? json.whole("reserved") : null,
        policies,
        new AsyncSettings(json.whole("retries"), json.whole("maxAge"), json.flag("asyncSet")));
  }
}
