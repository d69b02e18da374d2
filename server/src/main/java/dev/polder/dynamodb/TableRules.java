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
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/// The rules for keys, indexes and capacity beyond the model's constraints.
///
/// @see <a
///   href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html">Quotas</a>
final class TableRules {
  static final int MOST_LOCAL_INDEXES = 5;
  static final int MOST_GLOBAL_INDEXES = 20;
  static final long MOST_UNITS = 1_000_000_000_000L;

  private TableRules() {}

  /// The attributes that a request defines.
  ///
  /// @param names as they were given
  record Definitions(List<String> names, Map<String, Type> types) {
    static Definitions of(List<AttributeDefinition> given) {
      Map<String, Type> types = new LinkedHashMap<>();
      for (AttributeDefinition definition : given) {
        types.put(definition.attributeName(), Type.valueOf(definition.attributeTypeAsString()));
      }
      return new Definitions(
          given.stream().map(AttributeDefinition::attributeName).toList(), types);
    }

    void requireDistinct() {
      Set<String> seen = new HashSet<>();
      for (String name : names) {
        if (!seen.add(name)) {
          throw DynamoDbErrors.invalid("Attribute Name is duplicated: " + name);
        }
      }
    }
  }

  /// A table's key.
  static KeySchema tableKey(List<KeySchemaElement> schema, Definitions definitions) {
    if (schema.size() > definitions.names().size()) {
      throw DynamoDbErrors.invalid(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    return key(schema, definitions);
  }

  /// The key of a table or index.
  static KeySchema key(List<KeySchemaElement> schema, Definitions definitions) {
    List<String> names = names(schema);
    Map<String, Type> types = definitions.types();
    if (!types.keySet().containsAll(names)) {
      throw DynamoDbErrors.parameter(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + definitions.names());
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

  static List<String> names(List<KeySchemaElement> schema) {
    return schema.stream().map(KeySchemaElement::attributeName).toList();
  }

  private static KeyAttribute attribute(String name, Map<String, Type> types) {
    return new KeyAttribute(name, Objects.requireNonNull(types.get(name), name));
  }

  /// The key of a local index.
  static KeySchema localKey(LocalSecondaryIndex index, KeySchema table, Definitions definitions) {
    KeySchema key = key(index.keySchema(), definitions);
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
  static IndexProjection projection(Projection given) {
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
    Set<String> included = new HashSet<>();
    for (String name : given.nonKeyAttributes()) {
      if (!included.add(name)) {
        throw DynamoDbErrors.parameter("Duplicate element in NonKeyAttributes: " + name);
      }
    }
    return new IndexProjection(kind, given.nonKeyAttributes());
  }

  /// Refuses an index of a name that is taken.
  static void requireFree(List<Index> indexes, String name) {
    if (indexes.stream().anyMatch(index -> index.name().equals(name))) {
      throw DynamoDbErrors.parameter("Duplicate index name: " + name);
    }
  }

  /// Refuses too many indexes.
  static void requireIndexes(List<Index> indexes) {
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

  /// Refuses definitions of attributes that are in no key, before anything about indexes is looked
  /// at.
  ///
  /// @param indexed the names in the keys of all indexes; null where no list of them was given
  static void requireUsed(Definitions definitions, KeySchema key, @Nullable Set<String> indexed) {
    if (indexed == null && definitions.names().size() != key.size()) {
      throw DynamoDbErrors.parameter(
          "Number of attributes in KeySchema does not exactly match number of attributes defined"
              + " in AttributeDefinitions");
    }
    if (indexed == null || indexed.isEmpty()) {
      return;
    }
    Set<String> used = new LinkedHashSet<>(key.names());
    used.addAll(indexed);
    if (!used.containsAll(definitions.names())) {
      throw DynamoDbErrors.parameter(
          "Some AttributeDefinitions are not used. AttributeDefinitions: "
              + definitions.names()
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

  /// The capacity of an index of a new table.
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
      throw DynamoDbErrors.parameter("ProvisionedThroughput is not specified for index: " + index);
    }
    requireBounds(given, " for index " + index);
    return Throughput.of(given.readCapacityUnits(), given.writeCapacityUnits());
  }

  /// Refuses more units than there are.
  ///
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
