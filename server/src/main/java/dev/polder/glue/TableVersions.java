package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;
import software.amazon.awssdk.services.glue.model.TableVersionError;

/// What tables were. A version is kept when an update archives it; the present one is the table
/// itself. Listed from the newest.
record TableVersions(Catalog catalog) {
  private static final int PAGE = 100;

  // The number is negated so that a scan gives the newest first.
  private Key key(String database, String table, long version) {
    return catalog.key("version", database, table).with(-version);
  }

  /// Adds to a batch that the present version is kept.
  Batch archived(Batch batch, Held<Table> present) {
    Table table = present.value();
    long version = Long.parseLong(table.versionId());
    return batch.put(key(table.databaseName(), table.name(), version), present.bytes());
  }

  GetTableVersionResponse get(GetTableVersionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Table present = present(request.databaseName(), request.tableName());
    Table found =
        request.versionId() == null || request.versionId().equals(present.versionId())
            ? present
            : archived(present, request.versionId()).value();
    return GetTableVersionResponse.builder().tableVersion(version(found)).build();
  }

  GetTableVersionsResponse list(GetTableVersionsRequest request) {
    catalog.checkCatalog(request.catalogId());
    Table present = present(request.databaseName(), request.tableName());
    int most = Check.most(request.maxResults(), PAGE);
    List<TableVersion> versions = new ArrayList<>();
    boolean begins = request.nextToken() == null || request.nextToken().isEmpty();
    Key prefix = catalog.key("version", present.databaseName(), present.name());
    if (begins) {
      versions.add(version(present));
    }
    if (begins && most == 1) {
      return GetTableVersionsResponse.builder()
          .tableVersions(versions)
          .nextToken(tokenIfAny(prefix))
          .build();
    }
    var page =
        catalog.page(
            prefix,
            request.nextToken(),
            begins ? most - 1 : most,
            entry -> Optional.of(read(entry.value())));
    page.items().forEach(table -> versions.add(version(table)));
    return GetTableVersionsResponse.builder()
        .tableVersions(versions)
        .nextToken(page.nextToken())
        .build();
  }

  private @Nullable String tokenIfAny(Key prefix) {
    try (var scan = catalog.store().scan(KeyRange.prefix(prefix))) {
      return scan.hasNext() ? Catalog.token(prefix) : null;
    }
  }

  DeleteTableVersionResponse delete(DeleteTableVersionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Table present = present(request.databaseName(), request.tableName());
    delete(present, Check.present(request.versionId(), "versionId"));
    return DeleteTableVersionResponse.builder().build();
  }

  BatchDeleteTableVersionResponse batchDelete(BatchDeleteTableVersionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.size(request.versionIds(), "versionIds", 0, 100);
    Table present = present(request.databaseName(), request.tableName());
    List<TableVersionError> errors = new ArrayList<>();
    for (String version : request.versionIds()) {
      try {
        delete(present, version);
      } catch (GlueException e) {
        errors.add(
            TableVersionError.builder()
                .tableName(present.name())
                .versionId(version)
                .errorDetail(GlueErrors.detail(e))
                .build());
      }
    }
    return BatchDeleteTableVersionResponse.builder().errors(errors).build();
  }

  private void delete(Table present, String version) {
    if (version.equals(present.versionId())) {
      throw GlueErrors.invalid("The current version of a table cannot be deleted.");
    }
    catalog.change(
        "Delete table version",
        () -> {
          Held<Table> old = archived(present, version);
          return old.required(new Batch()).delete(old.key());
        });
  }

  private Held<Table> archived(Table present, String version) {
    long number = number(version);
    return catalog
        .find(key(present.databaseName(), present.name(), number), Table.builder(), Table.class)
        .orElseThrow(() -> GlueErrors.notFound("Version not found."));
  }

  private static long number(String version) {
    try {
      return Long.parseLong(version);
    } catch (NumberFormatException e) {
      throw GlueErrors.invalid("Version id " + version + " is not a number", e);
    }
  }

  private Table present(String database, String name) {
    return new Tables(catalog)
        .held(Check.lowerName(database, "databaseName"), Check.lowerName(name, "tableName"))
        .value();
  }

  private static Table read(byte[] bytes) {
    return Documents.read(bytes, Table.builder(), Table.class);
  }

  private static TableVersion version(Table table) {
    return TableVersion.builder().table(table).versionId(table.versionId()).build();
  }
}
