package dev.polder.appsync;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the management API keeps of an API beside the API itself: its data sources, its resolvers,
/// its tags and environment variables, and how its schema came about. All under `appsync, account,
/// region, part, <apiId>`, so that they go with it.
final class ManagedParts {
  private static final String SOURCE = "source";
  private static final String RESOLVER = "resolver";
  private static final String DETAILS = "details";

  private final Store store;
  private final Scope scope;

  ManagedParts(Store store, Scope scope) {
    this.store = store;
    this.scope = scope;
  }

  /// A data source: `NONE`, `AWS_LAMBDA` or `AMAZON_DYNAMODB`.
  ///
  /// @param target ARN of the function, or name of the table; null for neither
  /// @param region of the table; null for none
  record Source(
      String name,
      String type,
      @Nullable String description,
      @Nullable String role,
      @Nullable String target,
      @Nullable String region) {}

  /// A resolver: a function that gets the field's context.
  record Field(String type, String field, String source) {}

  /// The rest.
  ///
  /// @param xray as it was asked for
  /// @param schema how the last schema came about: null for never, empty for well, else why not
  record Details(
      Map<String, String> tags,
      Map<String, String> environment,
      boolean xray,
      @Nullable String ownerContact,
      @Nullable String schema) {
    static final Details NONE = new Details(Map.of(), Map.of(), false, null, null);

    Details {
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    Details withTags(Map<String, String> changed) {
      return new Details(changed, environment, xray, ownerContact, schema);
    }

    Details withEnvironment(Map<String, String> changed) {
      return new Details(tags, changed, xray, ownerContact, schema);
    }

    Details withSchema(String outcome) {
      return new Details(tags, environment, xray, ownerContact, outcome);
    }

    Details with(boolean traced, @Nullable String contact) {
      return new Details(tags, environment, traced, contact, schema);
    }
  }

  private Key prefix(String apiId) {
    return Key.of("appsync", scope.account(), scope.region(), "part", apiId);
  }

  private Key key(String apiId, String kind, String... names) {
    Key key = prefix(apiId).with(kind);
    for (String name : names) {
      key = key.with(name);
    }
    return key;
  }

  Batch deleteAll(Batch batch, String apiId) {
    return batch.deleteRange(KeyRange.prefix(prefix(apiId)));
  }

  Details details(String apiId) {
    byte[] bytes = store.get(key(apiId, DETAILS));
    if (bytes == null) {
      return Details.NONE;
    }
    JsonObject json = JsonObject.of(bytes);
    return new Details(
        json.texts("tags"),
        json.texts("environment"),
        json.flag("xray"),
        json.optionalText("ownerContact"),
        json.optionalText("schema"));
  }

  Batch put(Batch batch, String apiId, Details details) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tags", details.tags());
    json.put("environment", details.environment());
    json.put("xray", details.xray());
    json.put("ownerContact", details.ownerContact());
    json.put("schema", details.schema());
    return batch.put(key(apiId, DETAILS), JsonObject.bytes(json));
  }

  Optional<Source> source(String apiId, String name) {
    byte[] bytes = store.get(key(apiId, SOURCE, name));
    return bytes == null ? Optional.empty() : Optional.of(source(JsonObject.of(bytes)));
  }

  List<Source> sources(String apiId) {
    List<Source> sources = new ArrayList<>();
    try (var scan = store.scan(KeyRange.prefix(key(apiId, SOURCE)))) {
      scan.forEachRemaining(entry -> sources.add(source(JsonObject.of(entry.value()))));
    }
    return sources;
  }

  private static Source source(JsonObject json) {
    return new Source(
        json.text("name"),
        json.text("type"),
        json.optionalText("description"),
        json.optionalText("role"),
        json.optionalText("target"),
        json.optionalText("region"));
  }

  Batch put(Batch batch, String apiId, Source source) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", source.name());
    json.put("type", source.type());
    json.put("description", source.description());
    json.put("role", source.role());
    json.put("target", source.target());
    json.put("region", source.region());
    return batch.put(key(apiId, SOURCE, source.name()), JsonObject.bytes(json));
  }

  Batch deleteSource(Batch batch, String apiId, String name) {
    return batch.delete(key(apiId, SOURCE, name));
  }

  /// The resolvers in the order of types and fields.
  List<Field> fields(String apiId) {
    List<Field> fields = new ArrayList<>();
    try (var scan = store.scan(KeyRange.prefix(key(apiId, RESOLVER)))) {
      scan.forEachRemaining(entry -> {
        JsonObject json = JsonObject.of(entry.value());
        fields.add(new Field(json.text("type"), json.text("field"), json.text("source")));
      });
    }
    return fields;
  }

  Batch put(Batch batch, String apiId, Field field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", field.type());
    json.put("field", field.field());
    json.put("source", field.source());
    return batch.put(key(apiId, RESOLVER, field.type(), field.field()), JsonObject.bytes(json));
  }

  Batch delete(Batch batch, String apiId, Field field) {
    return batch.delete(key(apiId, RESOLVER, field.type(), field.field()));
  }
}
