package dev.polder.appsync;

import dev.polder.appsync.api.Api;
import dev.polder.store.Batch;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import java.util.List;

/// The operations on data sources and resolvers.
final class SourceOperations {
  private final Management management;

  SourceOperations(Management management) {
    this.management = management;
  }

  ManagedParts.Source create(String apiId, ManagedParts.Source source) {
    management.ownApi(apiId);
    if (!source.name().matches("[_A-Za-z][_0-9A-Za-z]*")) {
      throw AppSyncErrors.invalid(
          "Data source names have letters, digits and underscores: " + source.name());
    }
    if (management.parts().source(apiId, source.name()).isPresent()) {
      throw AppSyncErrors.invalid("Data source with name " + source.name() + " already exists");
    }
    return save(apiId, source);
  }

  ManagedParts.Source update(String apiId, ManagedParts.Source source) {
    source(apiId, source.name());
    return save(apiId, source);
  }

  private ManagedParts.Source save(String apiId, ManagedParts.Source source) {
    StoredApi api = management.ownApi(apiId);
    var batch = management.parts().put(new Batch(), apiId, source);
    refresh(api, new Management.Change(null, null, source), batch);
    return source;
  }

  void delete(String apiId, String name) {
    management.ownApi(apiId);
    source(apiId, name);
    ManagedParts parts = management.parts();
    if (parts.fields(apiId).stream().anyMatch(field -> field.source().equals(name))) {
      throw AppSyncErrors.invalid("Data source " + name + " is used by a resolver.");
    }
    management.apis().commit(parts.deleteSource(new Batch(), apiId, name));
  }

  ManagedParts.Source source(String apiId, String name) {
    management.api(apiId);
    return management
        .parts()
        .source(apiId, name)
        .orElseThrow(() -> AppSyncErrors.notFound("No data source found named " + name));
  }

  List<ManagedParts.Source> sources(String apiId) {
    management.api(apiId);
    return management.parts().sources(apiId);
  }

  /// Attaches a function to a field.
  ///
  /// @param isNew true if the field must have none yet
  ManagedParts.Field put(String apiId, ManagedParts.Field field, boolean isNew) {
    StoredApi api = management.ownApi(apiId);
    Api schema = management.schema(api);
    requireField(schema, field);
    if (management.parts().fields(apiId).stream().anyMatch(known -> same(known, field)) == isNew) {
      throw isNew
          ? AppSyncErrors.invalid("Only one resolver is allowed per field.")
          : AppSyncErrors.notFound("No resolver found.");
    }
    ManagedParts.Source source = source(apiId, field.source());
    if (!source.type().equals("AWS_LAMBDA")) {
      throw AppSyncErrors.notSupported(
          "A resolver without templates on a data source of type " + source.type());
    }
    var batch = management.parts().put(new Batch(), apiId, field);
    refresh(api, new Management.Change(null, field, null), batch);
    return field;
  }

  private static void requireField(Api schema, ManagedParts.Field field) {
    var type =
        new SchemaParser().parse(schema.sdl()).getType(field.type(), ObjectTypeDefinition.class);
    if (type.isEmpty()) {
      throw AppSyncErrors.notFound("Type " + field.type() + " not found.");
    }
    boolean known =
        type.get().getFieldDefinitions().stream()
            .anyMatch(each -> each.getName().equals(field.field()));
    if (!known) {
      throw AppSyncErrors.notFound(
          "No field named " + field.field() + " found on type " + field.type());
    }
  }

  private static boolean same(ManagedParts.Field one, ManagedParts.Field other) {
    return one.type().equals(other.type()) && one.field().equals(other.field());
  }

  void detach(String apiId, String type, String field) {
    StoredApi api = management.ownApi(apiId);
    ManagedParts.Field known = field(apiId, type, field);
    var batch = management.parts().delete(new Batch(), apiId, known);
    refresh(api, new Management.Change(known, null, null), batch);
  }

  ManagedParts.Field field(String apiId, String type, String field) {
    return fields(apiId, type).stream()
        .filter(known -> known.field().equals(field))
        .findFirst()
        .orElseThrow(() -> AppSyncErrors.notFound("No resolver found."));
  }

  List<ManagedParts.Field> fields(String apiId, String type) {
    management.api(apiId);
    return management.parts().fields(apiId).stream()
        .filter(field -> field.type().equals(type))
        .toList();
  }

  private void refresh(StoredApi api, Management.Change change, Batch batch) {
    Api present = api.api();
    String sdl = present == null ? null : present.sdl();
    management.save(api.with(management.made(api.apiId(), sdl, change)), batch);
  }
}
