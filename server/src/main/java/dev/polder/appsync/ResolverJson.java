package dev.polder.appsync;

import dev.polder.appsync.api.Resolver;
import dev.polder.kernel.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stored form of a [Resolver].
final class ResolverJson {
  private ResolverJson() {}

  static Map<String, @Nullable Object> write(Resolver resolver) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    switch (resolver) {
      case Resolver.Create(String model) -> model(json, "create", model);
      case Resolver.Update(String model) -> model(json, "update", model);
      case Resolver.Delete(String model) -> model(json, "delete", model);
      case Resolver.Get(String model) -> model(json, "get", model);
      case Resolver.ListAll(String model) -> model(json, "list", model);
      case Resolver.Sync(String model) -> model(json, "sync", model);
      case Resolver.QueryIndex(String model, String index) -> {
        model(json, "index", model);
        json.put("index", index);
      }
      case Resolver.Children children -> {
        model(json, "children", children.model());
        json.put("index", children.index());
        json.put("from", children.from());
        json.put("paged", children.paged());
        json.put("limit", children.limit());
      }
      case Resolver.One(String model, String index, List<String> from) -> {
        model(json, "one", model);
        json.put("index", index);
        json.put("from", from);
      }
      case Resolver.Functions(List<Resolver.FunctionCall> calls) -> {
        json.put("kind", "functions");
        json.put("calls", calls.stream().map(ResolverJson::call).toList());
      }
      case Resolver.Http http -> {
        json.put("kind", "http");
        json.put("method", http.method());
        json.put("origin", http.origin());
        json.put("path", http.path());
        json.put("headers", http.headers().stream().map(ResolverJson::header).toList());
        json.put("required", http.required());
      }
      case Resolver.Direct(String function) -> {
        json.put("kind", "direct");
        json.put("function", function);
      }
      case Resolver.Count(Resolver of) -> {
        json.put("kind", "count");
        json.put("of", write(of));
      }
    }
    return json;
  }

  private static void model(Map<String, @Nullable Object> json, String kind, String model) {
    json.put("kind", kind);
    json.put("model", model);
  }

  private static Map<String, @Nullable Object> call(Resolver.FunctionCall call) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", call.name());
    json.put("region", call.region());
    json.put("account", call.account());
    json.put("event", call.event());
    return json;
  }

  private static Map<String, String> header(Resolver.Header header) {
    return Map.of("key", header.key(), "value", header.value());
  }

  static Resolver read(JsonObject json) {
    return switch (json.text("kind")) {
      case "create" -> new Resolver.Create(json.text("model"));
      case "update" -> new Resolver.Update(json.text("model"));
      case "delete" -> new Resolver.Delete(json.text("model"));
      case "get" -> new Resolver.Get(json.text("model"));
      case "list" -> new Resolver.ListAll(json.text("model"));
      case "sync" -> new Resolver.Sync(json.text("model"));
      case "index" -> new Resolver.QueryIndex(json.text("model"), json.text("index"));
      case "children" -> children(json);
      case "one" ->
          new Resolver.One(json.text("model"), json.optionalText("index"), json.list("from"));
      case "functions" ->
          new Resolver.Functions(
              json.objects("calls").stream()
                  .map(call ->
                      new Resolver.FunctionCall(
                          call.text("name"),
                          call.optionalText("region"),
                          call.optionalText("account"),
                          call.flag("event")))
                  .toList());
      case "http" ->
          new Resolver.Http(
              json.text("method"),
              json.text("origin"),
              json.text("path"),
              json.objects("headers").stream()
                  .map(header -> new Resolver.Header(header.text("key"), header.text("value")))
                  .toList(),
              json.list("required"));
      case "direct" -> new Resolver.Direct(json.text("function"));
      case "count" -> new Resolver.Count(read(json.object("of")));
      default -> throw new IllegalStateException("No resolver " + json.text("kind"));
    };
  }

  static Resolver.Children children(JsonObject json) {
    return new Resolver.Children(
        json.text("model"),
        json.optionalText("index"),
        json.list("from"),
        json.flag("paged"),
        json.whole("limit"));
  }
}
