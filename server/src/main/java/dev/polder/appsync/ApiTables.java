package dev.polder.appsync;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.run.ModelKeys;
import dev.polder.appsync.run.ServedApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// Makes the tables of an API what its models say. Safe to repeat; never takes items away.
final class ApiTables {
  private static final long LOOK_NANOS = 5_000_000;

  private final ServedApi api;
  private final DynamoDbClient client;

  ApiTables(ServedApi api, DynamoDbClient client) {
    this.api = api;
    this.client = client;
  }

  /// Creates the tables that are missing and changes the indexes of the others.
  ///
  /// @return the ARNs of the tables' streams, by the type that each table holds
  /// @throws DeploymentException if a table would have to be made anew; no table has changed then
  Map<String, String> ensure() {
    Map<Model, TableDescription> present = new LinkedHashMap<>();
    for (Model model : api.api().models().values()) {
      describe(api.table(model)).ifPresent(table -> present.put(model, table));
    }
    present.forEach(this::requireSameKeys);
    Map<String, String> streams = new LinkedHashMap<>();
    for (Model model : api.api().models().values()) {
      TableDescription table = present.get(model);
      if (table == null) {
        table = client.createTable(creation(model)).tableDescription();
      } else {
        change(model, table);
      }
      if (table.latestStreamArn() != null) {
        streams.put(model.type(), table.latestStreamArn());
      }
    }
    boolean isUnique =
        api.api().models().values().stream().anyMatch(model -> !model.unique().isEmpty());
    if (isUnique && describe(api.uniqueTable()).isEmpty()) {
      client.createTable(ModelKeys.uniqueTable(api.uniqueTable()));
    }
    return streams;
  }

  private Optional<TableDescription> describe(String name) {
    try {
      return Optional.of(client.describeTable(get -> get.tableName(name)).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private void requireSameKeys(Model model, TableDescription table) {
    if (!table.keySchema().equals(ModelKeys.schema(model, model.key()))) {
      throw new DeploymentException(
          "The key of "
              + model.type()
              + " cannot change: its table "
              + table.tableName()
              + " would have to be made anew, without its items. Delete the table, or name the type"
              + " otherwise.");
    }
    Map<String, List<KeySchemaElement>> local =
        table.localSecondaryIndexes().stream()
            .collect(
                Collectors.toMap(
                    LocalSecondaryIndexDescription::indexName,
                    LocalSecondaryIndexDescription::keySchema));
    for (TableIndex index : model.indexes()) {
      boolean isThere = ModelKeys.schema(model, index.key()).equals(local.get(index.name()));
      if (index.local() && !isThere) {
        throw new DeploymentException(
            "The index "
                + index.name()
                + " of "
                + model.type()
                + " shares the table's partition key: such an index can only be made together with"
                + " its table "
                + table.tableName());
      }
    }
  }

  private CreateTableRequest creation(Model model) {
    List<GlobalSecondaryIndex> global = new ArrayList<>();
    List<LocalSecondaryIndex> local = new ArrayList<>();
    for (TableIndex index : model.indexes()) {
      if (index.local()) {
        local.add(
            LocalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(ModelKeys.schema(model, index.key()))
                .projection(all())
                .build());
      } else {
        global.add(
            GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(ModelKeys.schema(model, index.key()))
                .projection(all())
                .build());
      }
    }
    return CreateTableRequest.builder()
        .tableName(api.table(model))
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(ModelKeys.schema(model, model.key()))
        .attributeDefinitions(ModelKeys.attributes(model))
        .globalSecondaryIndexes(global.isEmpty() ? null : global)
        .localSecondaryIndexes(local.isEmpty() ? null : local)
        .streamSpecification(
            StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                .build())
        .build();
  }

  private static Projection all() {
    return Projection.builder().projectionType(ProjectionType.ALL).build();
  }

  // One index in a call, as the service demands.
  private void change(Model model, TableDescription table) {
    Map<String, List<KeySchemaElement>> present =
        table.globalSecondaryIndexes().stream()
            .collect(
                Collectors.toMap(
                    GlobalSecondaryIndexDescription::indexName,
                    GlobalSecondaryIndexDescription::keySchema));
    Map<String, TableIndex> wanted = new LinkedHashMap<>();
    model.indexes().stream()
        .filter(index -> !index.local())
        .forEach(index -> wanted.put(index.name(), index));
    present.forEach((name, schema) -> {
      TableIndex index = wanted.get(name);
      if (index == null || !schema.equals(ModelKeys.schema(model, index.key()))) {
        update(model, change -> change.delete(delete -> delete.indexName(name)));
      } else {
        wanted.remove(name);
      }
    });
    for (TableIndex index : wanted.values()) {
      update(
          model,
          change ->
              change.create(create ->
                  create
                      .indexName(index.name())
                      .keySchema(ModelKeys.schema(model, index.key()))
                      .projection(all())));
    }
  }

  private void update(Model model, Consumer<GlobalSecondaryIndexUpdate.Builder> change) {
    List<AttributeDefinition> attributes = ModelKeys.attributes(model);
    var changed = GlobalSecondaryIndexUpdate.builder();
    change.accept(changed);
    client.updateTable(
        UpdateTableRequest.builder()
            .tableName(api.table(model))
            .attributeDefinitions(attributes)
            .globalSecondaryIndexUpdates(List.of(changed.build()))
            .build());
    await(api.table(model));
  }

  // An index is filled in the background, and until then the table takes no other change. The
  // filling is work of this process and of no clock, and so is this wait.
  private void await(String table) {
    while (isChanging(client.describeTable(get -> get.tableName(table)).table())) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static boolean isChanging(TableDescription table) {
    return table.tableStatus() == TableStatus.UPDATING
        || table.globalSecondaryIndexes().stream()
            .anyMatch(index -> index.indexStatus() != IndexStatus.ACTIVE);
  }
}
