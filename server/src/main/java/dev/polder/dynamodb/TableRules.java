package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import dev.polder.dynamodb.item.Type;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/// The rules for keys, indexes and capacity beyond the model's constraints.
///
/// @see <a
///   href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html">Quotas</a>
final class TableRules {
  static final int MOST_LOCAL_INDEXES = 5;
  static final int MOST_GLOBAL_INDEXES = 20;
  private static final long MOST_UNITS = 1_000_000_000_000L;

  private TableRules() {}

  /// The types of the attributes that a request defines.
  static Map<String, Type> attributes(List<AttributeDefinition> definitions) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (AttributeDefinition definition : definitions) {
      Type type = Type.valueOf(definition.attributeTypeAsString());
      if (types.put(definition.attributeName(), type) != null) {
        throw DynamoDbErrors.parameter(
            "Duplicate AttributeName in AttributeDefinitions: " + definition.attributeName());
      }
    }
    return types;
  }

  /// A table's key.
  static KeySchema tableKey(List<KeySchemaElement> schema, Map<String, Type> types) {
    if (schema.size() > types.size()) {
      throw DynamoDbErrors.invalid(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    return key(schema, types);
  }

  /// The key of a table or index.
  static KeySchema key(List<KeySchemaElement> schema, Map<String, Type> types) {
    List<String> names = names(schema);
    if (!types.keySet().containsAll(names)) {
      throw DynamoDbErrors.parameter(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + types.keySet());
    }
    if (names.size() == 2 && names.getFirst().equals(names.getLast())) {
      throw DynamoDbErrors.invalid(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    if (!schema.getFirst().keyTypeAsString().equals("HASH")) {
      throw DynamoDbErrors.invalid(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (schema.size() == 2 && !schema.getLast().keyTypeAsString().equals("RANGE")) {
      throw DynamoDbErrors.invalid(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    return new KeySchema(
        attribute(names.getFirst(), types),
        names.size() == 1 ? null : attribute(names.getLast(), types));
  }

  private static List<String> names(List<KeySchemaElement> schema) {
    return schema.stream().map(KeySchemaElement::attributeName).toList();
  }

  private static KeyAttribute attribute(String name, Map<String, Type> types) {
    return new KeyAttribute(name, Objects.requireNonNull(types.get(name), name));
  }

  /// The key of a local index.
  static KeySchema localKey(LocalSecondaryIndex index, KeySchema table, Map<String, Type> types) {
    KeySchema key = key(index.keySchema(), types);
    if (key.sort() == null) {
      throw DynamoDbErrors.parameter(
          "Index KeySchema does not have a range key for index: " + index.indexName());
    }
    if (!key.partition().name().equals(table.partition().name())) {
      throw DynamoDbErrors.parameter(
          "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
              + index.indexName()
              + ". index hash key: "
              + key.partition().name()
              + ", table hash key: "
              + table.partition().name());
    }
    return key;
  }

  /// What an index copies.
  static IndexProjection projection(
      software.amazon.awssdk.services.dynamodb.model.Projection given) {
    String type = given.projectionTypeAsString();
    if (type == null) {
      throw DynamoDbErrors.parameter("Unknown ProjectionType: null");
    }
    IndexProjection.Kind kind = IndexProjection.Kind.valueOf(type);
    boolean including = kind == IndexProjection.Kind.INCLUDE;
    if (given.hasNonKeyAttributes() && !including) {
      throw DynamoDbErrors.parameter(
          "ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }
    if (!given.hasNonKeyAttributes() && including) {
      throw DynamoDbErrors.parameter(
          "ProjectionType is " + type + ", but NonKeyAttributes is not specified");
    }
    return new IndexProjection(kind, given.nonKeyAttributes());
  }

  /// Refuses two indexes of one name, and too many.
  static void requireIndexes(List<Index> indexes) {
    Set<String> names = new HashSet<>();
    for (Index index : indexes) {
      if (!names.add(index.name())) {
        throw DynamoDbErrors.parameter("Duplicate index name: " + index.name());
      }
    }
    long local = indexes.stream().filter(index -> !index.isGlobal()).count();
    if (local > MOST_LOCAL_INDEXES) {
      throw DynamoDbErrors.parameter(
          "Number of LocalSecondaryIndexes exceeds per-table limit of " + MOST_LOCAL_INDEXES);
    }
    if (indexes.size() - local > MOST_GLOBAL_INDEXES) {
      throw DynamoDbErrors.parameter(
          "GlobalSecondaryIndex count exceeds the per-table limit of " + MOST_GLOBAL_INDEXES);
    }
  }

  /// Refuses definitions of attributes that are in no key.
  static void requireUsed(Map<String, Type> types, KeySchema key, List<Index> indexes) {
    if (indexes.isEmpty() && types.size() != key.size()) {
      throw DynamoDbErrors.parameter(
          "Number of attributes in KeySchema does not exactly match number of attributes defined"
              + " in AttributeDefinitions");
    }
    Set<String> used = new LinkedHashSet<>(key.names());
    indexes.forEach(index -> used.addAll(index.key().names()));
    if (!used.containsAll(types.keySet())) {
      throw DynamoDbErrors.parameter(
          "Some AttributeDefinitions are not used. AttributeDefinitions: "
              + types.keySet()
              + ", keys used: "
              + used);
    }
  }

  /// The capacity of a provisioned table.
  static Throughput throughput(@Nullable ProvisionedThroughput given) {
    if (given == null) {
      throw DynamoDbErrors.parameter(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
              + " PROVISIONED");
    }
    requireBounds(given, "");
    return Throughput.of(given.readCapacityUnits(), given.writeCapacityUnits());
  }

  /// The capacity of an index.
  static Throughput throughput(
      @Nullable ProvisionedThroughput given, String index, boolean onDemand) {
    if (onDemand && given != null) {
      throw DynamoDbErrors.parameter(
          "ProvisionedThroughput should not be specified for index: "
              + index
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (onDemand) {
      return Throughput.ON_DEMAND;
    }
    if (given == null) {
      throw DynamoDbErrors.parameter("ProvisionedThroughput must be specified for index: " + index);
    }
    requireBounds(given, " for index " + index);
    return Throughput.of(given.readCapacityUnits(), given.writeCapacityUnits());
  }

  /// @param where what to add to the message
  static void requireBounds(ProvisionedThroughput given, String where) {
    requireBounds(given.readCapacityUnits(), "ReadCapacityUnits", where);
    requireBounds(given.writeCapacityUnits(), "WriteCapacityUnits", where);
  }

  private static void requireBounds(long units, String member, String where) {
    if (units > MOST_UNITS) {
      throw DynamoDbErrors.invalid(
          "Given value " + units + " for " + member + " is out of bounds" + where);
    }
  }
}
