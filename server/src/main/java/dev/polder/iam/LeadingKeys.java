package dev.polder.iam;

import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// The partition keys that a request names: `dynamodb:LeadingKeys`. A scan names none.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
///
/// @param attribute the partition key of the table, or of the index that is asked
record LeadingKeys(String attribute) {
  /// What a request names whose keys cannot be told: it equals no key.
  private static final List<String> UNKNOWN = List.of("\uFFFF");

  private static final Pattern EQUALITY =
      Pattern.compile("(#?[\\w.-]+)\\s*=\\s*(:[\\w-]+)|(:[\\w-]+)\\s*=\\s*(#?[\\w.-]+)");

  /// The keys that a part of a request names for a table or index.
  static List<String> of(DynamoDbClient dynamo, Scope scope, RequestedActions.Requested asked) {
    String tables = scope.arn("dynamodb", "table/").toString();
    if (!asked.resource().startsWith(tables)) {
      return List.of();
    }
    String[] path = asked.resource().substring(tables.length()).split("/");
    return partitionKey(dynamo, path[0], path.length > 2 ? path[2] : null)
        .map(name ->
            asked.part().get("Statement") instanceof String statement
                ? statement(asked.part(), statement, name).orElse(UNKNOWN)
                : new LeadingKeys(name).named(asked.part()))
        .orElse(List.of());
  }

  private static Optional<List<String>> statement(Map<?, ?> part, String statement, String name) {
    List<?> parameters = part.get("Parameters") instanceof List<?> given ? given : List.of();
    return StatementKeys.of(statement, name, parameters).named();
  }

  /// Whether a statement reads a whole table or index: `dynamodb:FullTableScan`.
  static boolean isScan(DynamoDbClient dynamo, Scope scope, RequestedActions.Requested asked) {
    return of(dynamo, scope, asked).equals(UNKNOWN);
  }

  private static Optional<String> partitionKey(
      DynamoDbClient dynamo, String table, @Nullable String index) {
    try {
      var described = dynamo.describeTable(b -> b.tableName(table)).table();
      List<KeySchemaElement> schema =
          index == null
              ? described.keySchema()
              : described.globalSecondaryIndexes().stream()
                  .filter(each -> each.indexName().equals(index))
                  .map(each -> each.keySchema())
                  .findFirst()
                  .orElse(described.keySchema());
      return schema.stream()
          .filter(element -> element.keyType() == KeyType.HASH)
          .map(KeySchemaElement::attributeName)
          .findFirst();
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }

  private List<String> named(Map<?, ?> part) {
    List<String> keys = new ArrayList<>();
    for (String holder : List.of("Key", "Item")) {
      add(part.get(holder), keys);
    }
    if (part.get("RequestItems") instanceof Map<?, ?> read
        && read.get("Keys") instanceof List<?> l) {
      l.forEach(key -> add(key, keys));
    }
    if (part.get("RequestItems") instanceof List<?> writes) {
      writes.forEach(write -> written(write, keys));
    }
    queried(part, keys);
    return keys;
  }

  private void written(@Nullable Object write, List<String> keys) {
    if (write instanceof Map<?, ?> map) {
      if (map.get("PutRequest") instanceof Map<?, ?> put) {
        add(put.get("Item"), keys);
      }
      if (map.get("DeleteRequest") instanceof Map<?, ?> delete) {
        add(delete.get("Key"), keys);
      }
    }
  }

  private void add(@Nullable Object attributes, List<String> keys) {
    if (attributes instanceof Map<?, ?> map) {
      addValue(map.get(attribute), keys);
    }
  }

  private static void addValue(@Nullable Object value, List<String> keys) {
    if (value instanceof Map<?, ?> typed) {
      typed.values().forEach(each -> keys.add(String.valueOf(each)));
    }
  }

  private void queried(Map<?, ?> query, List<String> keys) {
    if (query.get("KeyConditions") instanceof Map<?, ?> conditions
        && conditions.get(attribute) instanceof Map<?, ?> condition
        && condition.get("AttributeValueList") instanceof List<?> values) {
      values.forEach(value -> addValue(value, keys));
    }
    if (query.get("KeyConditionExpression") instanceof String expression
        && query.get("ExpressionAttributeValues") instanceof Map<?, ?> values) {
      Map<?, ?> names =
          query.get("ExpressionAttributeNames") instanceof Map<?, ?> map ? map : Map.of();
      Matcher equality = EQUALITY.matcher(expression);
      while (equality.find()) {
        boolean nameFirst = equality.group(1) != null;
        String name = equality.group(nameFirst ? 1 : 4);
        Object meant = name.startsWith("#") ? names.get(name) : name;
        if (attribute.equals(meant)) {
          addValue(values.get(equality.group(nameFirst ? 2 : 3)), keys);
        }
      }
    }
  }
}
