package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.shape.Shapes;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableResponse;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;
import software.amazon.awssdk.services.glue.model.TableError;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;

/// The tables of the catalogue, as they are now; [TableVersions] are what they were. Names are kept
/// in lower case.
record Tables(Catalog catalog) {
  private static final int PAGE = 100;

  Key key(String database, String name) {
    return catalog.key("table", database, name);
  }

  Optional<Held<Table>> find(String database, String name) {
    return catalog.find(key(database, name), Table.builder(), Table.class);
  }

  /// A table, for what is to be done with it. Both names in lower case.
  Held<Table> held(String database, String name) {
    return find(database, name)
        .orElseThrow(() -> {
          new Databases(catalog).held(database);
          return GlueErrors.noTable(name);
        });
  }

  CreateTableResponse create(CreateTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.partitionIndexes(), "PartitionIndexes");
    Check.absent(request.openTableFormatInput(), "OpenTableFormatInput");
    Check.absent(request.transactionId(), "TransactionId");
    String database = Check.lowerName(request.databaseName(), "databaseName");
    TableInput input = checked(request.tableInput());
    create(database, input, "arn:aws:iam::" + catalog.scope().account() + ":root");
    return CreateTableResponse.builder().build();
  }

  /// Makes a table, or refuses where there is one of its name.
  void create(String database, TableInput input, String by) {
    Instant now = catalog.now();
    Table made =
        of(database, input).createTime(now).updateTime(now).createdBy(by).versionId("0").build();
    Key key = key(database, made.name());
    catalog.change(
        "Create table",
        () -> {
          var parent = new Databases(catalog).held(database);
          if (catalog.store().get(key) != null) {
            throw GlueErrors.alreadyExists("Table already exists.");
          }
          return parent.required(new Batch()).require(key, null).put(key, Documents.bytes(made));
        });
  }

  private Table.Builder of(String database, TableInput input) {
    var builder = Table.builder();
    Shapes.copy(input, builder);
    return builder
        .name(Check.lowerName(input.name(), "table.name"))
        .databaseName(database)
        .catalogId(catalog.scope().account())
        .retention(input.retention() == null ? 0 : input.retention())
        .storageDescriptor(complete(input.storageDescriptor()))
        .isRegisteredWithLakeFormation(false);
  }

  /// The real service answers these members even where they were not given.
  static @Nullable StorageDescriptor complete(@Nullable StorageDescriptor given) {
    if (given == null) {
      return null;
    }
    return given.toBuilder()
        .compressed(given.compressed() != null && given.compressed())
        .numberOfBuckets(given.numberOfBuckets() == null ? 0 : given.numberOfBuckets())
        .sortColumns(new ArrayList<>(given.sortColumns()))
        .storedAsSubDirectories(
            given.storedAsSubDirectories() != null && given.storedAsSubDirectories())
        .build();
  }

  private static TableInput checked(TableInput input) {
    Check.present(input, "tableInput");
    Check.name(input.name(), "table.name");
    Check.storage(input.storageDescriptor(), "table.storageDescriptor");
    Check.columns(input.partitionKeys(), "table.partitionKeys");
    Check.parameters(input.parameters(), "table.parameters");
    Check.absent(input.viewDefinition(), "TableInput.ViewDefinition");
    Check.absent(input.targetTable(), "TableInput.TargetTable");
    return input;
  }

  GetTableResponse get(GetTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.transactionId(), "TransactionId");
    Check.absent(request.queryAsOfTime(), "QueryAsOfTime");
    String database = Check.lowerName(request.databaseName(), "databaseName");
    String name = Check.lowerName(request.name(), "name");
    return GetTableResponse.builder().table(held(database, name).value()).build();
  }

  /// The tables of a database in the order of their names.
  GetTablesResponse list(GetTablesRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.transactionId(), "TransactionId");
    Check.absent(request.queryAsOfTime(), "QueryAsOfTime");
    String database = Check.lowerName(request.databaseName(), "databaseName");
    new Databases(catalog).held(database);
    var pattern = NamePattern.of(request.expression());
    var page =
        catalog.page(
            catalog.key("table", database),
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry ->
                pattern.test(entry.key().string(-1))
                    ? Optional.of(Documents.read(entry.value(), Table.builder(), Table.class))
                    : Optional.empty());
    return GetTablesResponse.builder()
        .tableList(page.items().stream().map(shown(request.attributesToGet())).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static UnaryOperator<Table> shown(List<TableAttributes> attributes) {
    if (attributes.isEmpty()) {
      return UnaryOperator.identity();
    }
    return table -> {
      var builder = Table.builder().name(table.name());
      return attributes.contains(TableAttributes.TABLE_TYPE)
          ? builder.tableType(table.tableType()).build()
          : builder.build();
    };
  }

  UpdateTableResponse update(UpdateTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.transactionId(), "TransactionId");
    Check.absent(request.viewUpdateActionAsString(), "ViewUpdateAction");
    Check.absent(request.updateOpenTableFormatInput(), "UpdateOpenTableFormatInput");
    String database = Check.lowerName(request.databaseName(), "databaseName");
    TableInput input = checked(request.tableInput());
    boolean archive = request.skipArchive() == null || !request.skipArchive();
    catalog.change(
        "Update table",
        () -> {
          Held<Table> old = held(database, Check.lowerName(input.name(), "table.name"));
          if (request.versionId() != null && !request.versionId().equals(old.value().versionId())) {
            throw GlueErrors.changedMeanwhile("Update table");
          }
          return replaced(old, input, archive);
        });
    return UpdateTableResponse.builder().build();
  }

  /// Gives a table its next version, unless it changes in between.
  ///
  /// @param archive keeps the present version among the table's versions
  Batch replaced(Held<Table> old, TableInput input, boolean archive) {
    Table before = old.value();
    Table made =
        of(before.databaseName(), input)
            .createTime(before.createTime())
            .createdBy(before.createdBy())
            .updateTime(catalog.now())
            .versionId(Long.toString(Long.parseLong(before.versionId()) + 1))
            .build();
    Batch batch = old.required(new Batch()).put(old.key(), Documents.bytes(made));
    return archive ? new TableVersions(catalog).archived(batch, old) : batch;
  }

  DeleteTableResponse delete(DeleteTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.transactionId(), "TransactionId");
    delete(
        Check.lowerName(request.databaseName(), "databaseName"),
        Check.lowerName(request.name(), "name"));
    return DeleteTableResponse.builder().build();
  }

  /// Removes a table with its versions, partitions and statistics, at once.
  void delete(String database, String name) {
    catalog.change(
        "Delete table",
        () -> {
          Batch batch = held(database, name).required(new Batch()).delete(key(database, name));
          Databases.BELOW.stream()
              .filter(kind -> !kind.equals("table"))
              .forEach(
                  kind -> batch.deleteRange(KeyRange.prefix(catalog.key(kind, database, name))));
          return batch;
        });
  }

  BatchDeleteTableResponse batchDelete(BatchDeleteTableRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.transactionId(), "TransactionId");
    String database = Check.lowerName(request.databaseName(), "databaseName");
    Check.size(request.tablesToDelete(), "tablesToDelete", 0, 100);
    new Databases(catalog).held(database);
    List<TableError> errors = new ArrayList<>();
    for (String name : request.tablesToDelete()) {
      try {
        delete(database, Check.lowerName(name, "tablesToDelete.member"));
      } catch (GlueException e) {
        errors.add(TableError.builder().tableName(name).errorDetail(GlueErrors.detail(e)).build());
      }
    }
    return BatchDeleteTableResponse.builder().errors(errors).build();
  }

  /// No table has indexes: partitions are always read by the order of their values.
  GetPartitionIndexesResponse indexes(GetPartitionIndexesRequest request) {
    catalog.checkCatalog(request.catalogId());
    held(
        Check.lowerName(request.databaseName(), "databaseName"),
        Check.lowerName(request.tableName(), "tableName"));
    return GetPartitionIndexesResponse.builder().partitionIndexDescriptorList(List.of()).build();
  }

  /// What a client would send to leave a table as it is.
  static TableInput input(Table table) {
    return Documents.shape(Documents.map(table), TableInput.builder(), TableInput.class);
  }
}
