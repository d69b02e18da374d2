package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// The keys of a model as the table's definition has them.
public final class ModelKeys {
  private ModelKeys() {}

  /// The key schema of a table or an index.
  public static List<KeySchemaElement> schema(Model model, TableKey key) {
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(element(Keys.partition(model, key), KeyType.HASH));
    String sort = Keys.sort(model, key);
    if (sort != null) {
      schema.add(element(sort, KeyType.RANGE));
    }
    return schema;
  }

  private static KeySchemaElement element(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  /// The attributes of all keys of a model.
  public static List<AttributeDefinition> attributes(Model model) {
    Map<String, ScalarAttributeType> types = new LinkedHashMap<>();
    put(model, model.key(), types);
    model.indexes().forEach(index -> put(model, index.key(), types));
    List<AttributeDefinition> attributes = new ArrayList<>();
    types.forEach((name, type) ->
        attributes.add(
            AttributeDefinition.builder().attributeName(name).attributeType(type).build()));
    return attributes;
  }

  private static void put(Model model, TableKey key, Map<String, ScalarAttributeType> types) {
    types.put(Keys.partition(model, key), Keys.partitionType(model, key));
    String sort = Keys.sort(model, key);
    if (sort != null) {
      types.put(sort, Keys.sortType(model, key));
    }
  }

  /// The table of the values that may be there only once.
  public static CreateTableRequest uniqueTable(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(element(UniqueValues.KEY, KeyType.HASH))
        .attributeDefinitions(
            AttributeDefinition.builder()
                .attributeName(UniqueValues.KEY)
                .attributeType(ScalarAttributeType.S)
                .build())
        .build();
  }
}
