package dev.polder.appsync;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.auth.AuthSettings;
import dev.polder.appsync.run.Limits;
import dev.polder.appsync.run.ServedApi;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An API as it is stored.
///
/// @param apiId 26 lower-case letters and digits, unique in the process
/// @param env name of the environment; empty if there is none
/// @param api what is served; null until it has a schema
record StoredApi(
    Scope scope,
    String apiId,
    String name,
    String env,
    @Nullable Api api,
    AuthSettings auth,
    Limits limits) {

  byte[] bytes() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("apiId", apiId);
    json.put("account", scope.account());
    json.put("region", scope.region());
    json.put("name", name);
    json.put("env", env);
    json.put("api", api == null ? null : ApiJson.write(api));
    json.put("auth", auth.json());
    json.put(
        "limits",
        Map.of(
            "depth", limits.depth(),
            "resolvers", limits.resolvers(),
            "introspection", limits.introspection(),
            "seconds", limits.seconds()));
    return JsonObject.bytes(json);
  }

  static StoredApi of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    JsonObject limits = json.object("limits");
    return new StoredApi(
        new Scope(json.text("account"), json.text("region")),
        json.text("apiId"),
        json.text("name"),
        json.text("env"),
        json.has("api") ? ApiJson.read(json.object("api")) : null,
        AuthSettings.of(json.object("auth")),
        new Limits(
            limits.whole("depth"),
            limits.whole("resolvers"),
            limits.flag("introspection"),
            limits.whole("seconds")));
  }

  /// The same with another schema.
  StoredApi with(@Nullable Api changed) {
    return new StoredApi(scope, apiId, name, env, changed, auth, limits);
  }

  /// The same without a schema.
  StoredApi without() {
    return new StoredApi(scope, apiId, name, env, null, auth, limits);
  }

  /// What the run time serves.
  ServedApi served(Api with) {
    return new ServedApi(scope, apiId, name, env, with, limits);
  }
}
