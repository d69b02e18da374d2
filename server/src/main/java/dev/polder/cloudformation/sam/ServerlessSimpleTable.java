package dev.polder.cloudformation.sam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `AWS::Serverless::SimpleTable`: a table whose key is one attribute, `id` where it is not named.
record ServerlessSimpleTable(ServerlessResource source) {
  private static final Set<String> KNOWN =
      Set.of(
          "PrimaryKey",
          "ProvisionedThroughput",
          "TableName",
          "Tags",
          "SSESpecification",
          "PointInTimeRecoverySpecification");
  private static final Map<String, String> TYPES =
      Map.of("String", "S", "Number", "N", "Binary", "B");

  Map<String, Object> resources() {
    source.allowOnly("AWS::Serverless::SimpleTable", KNOWN);
    Map<?, ?> key =
        source.properties().get("PrimaryKey") instanceof Map<?, ?> map
            ? map
            : Map.of("Name", "id", "Type", "String");
    Object name = key.get("Name");
    String type = TYPES.get(String.valueOf(key.get("Type")));
    if (name == null || type == null) {
      throw ServerlessTransform.invalid(
          source.id(),
          name == null
              ? "'PrimaryKey' is missing required Property 'Name'."
              : "Invalid 'Type' \"" + key.get("Type") + "\".");
    }
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("AttributeDefinitions", List.of(pair("AttributeName", name, "AttributeType", type)));
    table.put("KeySchema", List.of(pair("AttributeName", name, "KeyType", "HASH")));
    if (source.properties().get("ProvisionedThroughput") == null) {
      table.put("BillingMode", "PAY_PER_REQUEST");
    }
    for (String same :
        List.of(
            "ProvisionedThroughput",
            "TableName",
            "SSESpecification",
            "PointInTimeRecoverySpecification")) {
      source.copy(same, table, same);
    }
    if (source.properties().get("Tags") != null) {
      table.put("Tags", source.tags());
    }
    return Map.of(source.id(), source.plain("AWS::DynamoDB::Table", table));
  }

  private static Map<String, Object> pair(String one, Object value, String two, Object other) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put(one, value);
    pair.put(two, other);
    return pair;
  }
}
