package dev.polder.appsync;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.auth.ApiKeys;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the operations of the management API share: the stored APIs of one account and region, and
/// the way in which a change becomes durable and served.
///
/// @param service serves what is stored
record Management(
    Scope scope, Platform platform, AppSyncService service, ApiStore apis, ApiKeys keys) {

  ManagedParts parts() {
    return new ManagedParts(platform.store(), scope);
  }

  /// The API of an id.
  StoredApi api(String apiId) {
    return apis.find(scope, apiId).orElseThrow(() -> AppSyncErrors.noApi(apiId));
  }

  /// An API whose schema and resolvers are its own, and not a project's.
  StoredApi ownApi(String apiId) {
    StoredApi api = api(apiId);
    Api made = api.api();
    if (made != null && !made.models().isEmpty()) {
      throw AppSyncErrors.invalid(
          "API " + apiId + " was deployed from a project; deploy the project again to change it.");
    }
    return api;
  }

  /// An API with a schema.
  Api schema(StoredApi api) {
    Api made = api.api();
    if (made == null) {
      throw AppSyncErrors.notFound("No schema definition exists.");
    }
    return made;
  }

  /// What is about to change beside the schema, each of them null for nothing.
  ///
  /// @param gone a resolver
  /// @param put a resolver, new or not
  /// @param source a data source, new or not
  record Change(
      ManagedParts.@Nullable Field gone,
      ManagedParts.@Nullable Field put,
      ManagedParts.@Nullable Source source) {
    static final Change NONE = new Change(null, null, null);
  }

  /// The API as its schema and its resolvers make it, once a change has taken place.
  ///
  /// @param sdl null where it has no schema yet
  @Nullable Api made(String apiId, @Nullable String sdl, Change change) {
    if (sdl == null) {
      return null;
    }
    Map<FieldName, String> sources = new LinkedHashMap<>();
    parts()
        .fields(apiId)
        .forEach(field -> sources.put(new FieldName(field.type(), field.field()), field.source()));
    ManagedParts.Field gone = change.gone();
    if (gone != null) {
      sources.remove(new FieldName(gone.type(), gone.field()));
    }
    ManagedParts.Field put = change.put();
    if (put != null) {
      sources.put(new FieldName(put.type(), put.field()), put.source());
    }
    Map<String, ManagedParts.Source> byName = new HashMap<>();
    parts().sources(apiId).forEach(source -> byName.put(source.name(), source));
    ManagedParts.Source changed = change.source();
    if (changed != null) {
      byName.put(changed.name(), changed);
    }
    Map<FieldName, Resolver> resolvers = new LinkedHashMap<>();
    sources.forEach((field, name) -> {
      ManagedParts.Source source = byName.get(name);
      if (source != null && source.target() != null) {
        resolvers.put(field, new Resolver.Direct(Objects.requireNonNull(source.target())));
      }
    });
    return new Api(Generation.V2, sdl, Map.of(), resolvers, Map.of(), Map.of());
  }

  /// Makes a change durable and serves it.
  void save(StoredApi api, Batch batch) {
    service.save(api, batch);
  }

  /// The ARN of an API.
  String arn(String apiId) {
    return scope.arn("appsync", "apis/" + apiId).toString();
  }

  /// The id in the ARN of an API.
  String idOf(String arn) {
    String marker = ":apis/";
    int at = arn.indexOf(marker);
    if (at < 0) {
      throw AppSyncErrors.invalid("Invalid resource ARN " + arn + ".");
    }
    String id = arn.substring(at + marker.length());
    int slash = id.indexOf('/');
    return slash < 0 ? id : id.substring(0, slash);
  }
}
