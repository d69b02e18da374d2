package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.shape.Shapes;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseRequest;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseResponse;

/// The databases of the catalogue. Names are kept in lower case.
record Databases(Catalog catalog) {
  private static final int PAGE = 100;

  /// Everything that belongs to the tables of a database lies under one of these kinds, followed by
  /// the database's name.
  static final List<String> BELOW = List.of("table", "version", "partition", "columns", "stats");

  private Key key(String name) {
    return catalog.key("database", name);
  }

  /// A database, for what is to be made in it.
  ///
  /// @param name in lower case
  Held<Database> held(String name) {
    return find(name).orElseThrow(() -> GlueErrors.noDatabase(name));
  }

  private Optional<Held<Database>> find(String name) {
    return catalog.find(key(name), Database.builder(), Database.class);
  }

  CreateDatabaseResponse create(CreateDatabaseRequest request) {
    catalog.checkCatalog(request.catalogId());
    DatabaseInput input = checked(request.databaseInput());
    String name = Check.lowerName(input.name(), "databaseInput.name");
    Database made = of(input).name(name).createTime(catalog.now()).build();
    catalog.change(
        "Create database",
        () -> {
          if (catalog.store().get(key(name)) != null) {
            throw GlueErrors.alreadyExists("Database already exists.");
          }
          var batch = new Batch().require(key(name), null).put(key(name), Documents.bytes(made));
          if (!request.tags().isEmpty()) {
            new Tags(catalog).put(batch, "database/" + name, request.tags());
          }
          return batch;
        });
    return CreateDatabaseResponse.builder().build();
  }

  private Database.Builder of(DatabaseInput input) {
    var builder = Database.builder();
    Shapes.copy(input, builder);
    return builder.catalogId(catalog.scope().account());
  }

  private static DatabaseInput checked(DatabaseInput input) {
    Check.present(input, "databaseInput");
    Check.parameters(input.parameters(), "databaseInput.parameters");
    Check.absent(input.targetDatabase(), "DatabaseInput.TargetDatabase");
    Check.absent(input.federatedDatabase(), "DatabaseInput.FederatedDatabase");
    return input;
  }

  GetDatabaseResponse get(GetDatabaseRequest request) {
    catalog.checkCatalog(request.catalogId());
    String name = Check.lowerName(request.name(), "name");
    return GetDatabaseResponse.builder().database(held(name).value()).build();
  }

  GetDatabasesResponse list(GetDatabasesRequest request) {
    catalog.checkCatalog(request.catalogId());
    boolean namesOnly = !request.attributesToGet().isEmpty();
    var page =
        catalog.page(
            catalog.key("database"),
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry ->
                Optional.of(Documents.read(entry.value(), Database.builder(), Database.class)));
    List<Database> databases =
        namesOnly
            ? page.items().stream().map(d -> Database.builder().name(d.name()).build()).toList()
            : page.items();
    return GetDatabasesResponse.builder()
        .databaseList(databases)
        .nextToken(page.nextToken())
        .build();
  }

  UpdateDatabaseResponse update(UpdateDatabaseRequest request) {
    catalog.checkCatalog(request.catalogId());
    String name = Check.lowerName(request.name(), "name");
    DatabaseInput input = checked(request.databaseInput());
    if (!Check.lowerName(input.name(), "databaseInput.name").equals(name)) {
      throw GlueErrors.invalid("A database cannot be renamed: expected " + name);
    }
    catalog.change(
        "Update database",
        () -> {
          Held<Database> old = held(name);
          Database made = of(input).name(name).createTime(old.value().createTime()).build();
          return old.required(new Batch()).put(key(name), Documents.bytes(made));
        });
    return UpdateDatabaseResponse.builder().build();
  }

  /// Removes a database with its tables, their versions, partitions and statistics, and its
  /// functions, at once.
  DeleteDatabaseResponse delete(DeleteDatabaseRequest request) {
    catalog.checkCatalog(request.catalogId());
    String name = Check.lowerName(request.name(), "name");
    catalog.change(
        "Delete database",
        () -> {
          Batch batch = held(name).required(new Batch()).delete(key(name));
          BELOW.forEach(kind -> batch.deleteRange(KeyRange.prefix(catalog.key(kind, name))));
          new Tags(catalog).remove(batch, "database/" + name);
          return batch.deleteRange(KeyRange.prefix(catalog.key("function", name)));
        });
    return DeleteDatabaseResponse.builder().build();
  }
}
