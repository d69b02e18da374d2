package dev.polder.dynamodb;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// The constraints of the API model on requests about tables, in the order in which the real
/// service checks them.
final class TableConstraints {
  private static final List<String> BILLING_MODES = List.of("PROVISIONED", "PAY_PER_REQUEST");
  private static final List<String> KEY_TYPES = List.of("HASH", "RANGE");
  private static final List<String> PROJECTIONS = List.of("ALL", "INCLUDE", "KEYS_ONLY");
  private static final List<String> SCALARS = List.of("B", "N", "S");
  private static final List<String> TABLE_CLASSES =
      List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");
  private static final List<String> VIEWS =
      List.of("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY");
  private static final int MOST_INCLUDED = 20;

  private final Constraints constraints = new Constraints();

  private TableConstraints() {}

  static void check(CreateTableRequest request) {
    requireTableName(request.tableName());
    var check = new TableConstraints();
    check.constraints.present(definitions(request), "attributeDefinitions");
    check.definitions(request.attributeDefinitions());
    check.constraints.name(request.tableName(), "tableName");
    check.constraints.oneOf(request.billingModeAsString(), "billingMode", BILLING_MODES);
    check.throughput(request.provisionedThroughput(), "provisionedThroughput");
    check.keySchema(request.hasKeySchema() ? request.keySchema() : null, "keySchema");
    check.localIndexes(request.localSecondaryIndexes());
    check.globalIndexes(request.globalSecondaryIndexes());
    check.stream(request.streamSpecification());
    check.constraints.oneOf(request.tableClassAsString(), "tableClass", TABLE_CLASSES);
    check.constraints.check();
  }

  static void check(UpdateTableRequest request) {
    requireTableName(request.tableName());
    var check = new TableConstraints();
    check.definitions(request.attributeDefinitions());
    check.constraints.name(request.tableName(), "tableName");
    check.constraints.oneOf(request.billingModeAsString(), "billingMode", BILLING_MODES);
    check.throughput(request.provisionedThroughput(), "provisionedThroughput");
    int number = 1;
    for (GlobalSecondaryIndexUpdate update : request.globalSecondaryIndexUpdates()) {
      check.update(update, "globalSecondaryIndexUpdates." + number++ + ".member");
    }
    check.stream(request.streamSpecification());
    check.constraints.oneOf(request.tableClassAsString(), "tableClass", TABLE_CLASSES);
    check.constraints.check();
  }

  /// A table's name in requests that are about the table itself, which the real service checks
  /// before everything else.
  static void requireTableName(@Nullable String name) {
    if (name == null) {
      throw DynamoDbErrors.invalid(
          "The parameter 'TableName' is required but was not present in the request");
    }
    if (name.length() < 3 || name.length() > 255) {
      throw DynamoDbErrors.invalid(
          "TableName must be at least 3 characters long and at most 255 characters long");
    }
  }

  private static @Nullable List<AttributeDefinition> definitions(CreateTableRequest request) {
    return request.hasAttributeDefinitions() ? request.attributeDefinitions() : null;
  }

  private void definitions(List<AttributeDefinition> definitions) {
    int number = 1;
    for (AttributeDefinition definition : definitions) {
      String path = "attributeDefinitions." + number++ + ".member.";
      constraints.present(definition.attributeName(), path + "attributeName");
      if (constraints.present(definition.attributeTypeAsString(), path + "attributeType")) {
        constraints.oneOf(definition.attributeTypeAsString(), path + "attributeType", SCALARS);
      }
    }
  }

  private void throughput(@Nullable ProvisionedThroughput throughput, String path) {
    if (throughput != null) {
      constraints.present(throughput.writeCapacityUnits(), path + ".writeCapacityUnits");
      constraints.atLeast(throughput.writeCapacityUnits(), path + ".writeCapacityUnits", 1);
      constraints.present(throughput.readCapacityUnits(), path + ".readCapacityUnits");
      constraints.atLeast(throughput.readCapacityUnits(), path + ".readCapacityUnits", 1);
    }
  }

  private void keySchema(@Nullable List<KeySchemaElement> schema, String path) {
    if (!constraints.present(schema, path) || schema == null) {
      return;
    }
    constraints.size(schema, path, 1, 2);
    int number = 1;
    for (KeySchemaElement element : schema) {
      String member = path + "." + number++ + ".member.";
      constraints.present(element.attributeName(), member + "attributeName");
      if (constraints.present(element.keyTypeAsString(), member + "keyType")) {
        constraints.oneOf(element.keyTypeAsString(), member + "keyType", KEY_TYPES);
      }
    }
  }

  private void localIndexes(List<LocalSecondaryIndex> indexes) {
    int number = 1;
    for (LocalSecondaryIndex index : indexes) {
      String path = "localSecondaryIndexes." + number++ + ".member.";
      indexName(index.indexName(), path);
      keySchema(index.hasKeySchema() ? index.keySchema() : null, path + "keySchema");
      projection(index.projection(), path + "projection");
    }
  }

  private void globalIndexes(List<GlobalSecondaryIndex> indexes) {
    int number = 1;
    for (GlobalSecondaryIndex index : indexes) {
      String path = "globalSecondaryIndexes." + number++ + ".member.";
      indexName(index.indexName(), path);
      keySchema(index.hasKeySchema() ? index.keySchema() : null, path + "keySchema");
      projection(index.projection(), path + "projection");
      throughput(index.provisionedThroughput(), path + "provisionedThroughput");
    }
  }

  private void update(GlobalSecondaryIndexUpdate update, String path) {
    if (update.update() != null) {
      indexName(update.update().indexName(), path + ".update.");
      throughput(update.update().provisionedThroughput(), path + ".update.provisionedThroughput");
    }
    if (update.create() != null) {
      creation(update.create(), path + ".create.");
    }
    if (update.delete() != null) {
      indexName(update.delete().indexName(), path + ".delete.");
    }
  }

  private void creation(CreateGlobalSecondaryIndexAction creation, String path) {
    projection(creation.projection(), path + "projection");
    indexName(creation.indexName(), path);
    throughput(creation.provisionedThroughput(), path + "provisionedThroughput");
    keySchema(creation.hasKeySchema() ? creation.keySchema() : null, path + "keySchema");
  }

  private void indexName(@Nullable String name, String path) {
    if (constraints.present(name, path + "indexName")) {
      constraints.name(name, path + "indexName");
    }
  }

  private void projection(
      software.amazon.awssdk.services.dynamodb.model.@Nullable Projection projection, String path) {
    if (constraints.present(projection, path) && projection != null) {
      constraints.oneOf(projection.projectionTypeAsString(), path + ".projectionType", PROJECTIONS);
      if (projection.hasNonKeyAttributes()) {
        constraints.size(
            projection.nonKeyAttributes(), path + ".nonKeyAttributes", 1, MOST_INCLUDED);
      }
    }
  }

  private void stream(@Nullable StreamSpecification stream) {
    if (stream != null) {
      constraints.present(stream.streamEnabled(), "streamSpecification.streamEnabled");
      constraints.oneOf(
          stream.streamViewTypeAsString(), "streamSpecification.streamViewType", VIEWS);
    }
  }
}
