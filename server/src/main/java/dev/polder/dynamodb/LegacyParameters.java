package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.LegacyCondition;
import dev.polder.dynamodb.expression.LegacyUpdate;
import dev.polder.dynamodb.item.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

/// The older parameters from the SDK's types to the engine's.
final class LegacyParameters {
  private static final List<String> OPERATORS =
      List.of(
          "IN",
          "NULL",
          "BETWEEN",
          "LT",
          "NOT_CONTAINS",
          "EQ",
          "GT",
          "NOT_NULL",
          "NE",
          "LE",
          "BEGINS_WITH",
          "GE",
          "CONTAINS");

  private LegacyParameters() {}

  static Map<String, LegacyCondition> expected(Map<String, ExpectedAttributeValue> written) {
    Map<String, LegacyCondition> expected = LinkedHashMap.newLinkedHashMap(written.size());
    written.forEach((name, each) ->
        expected.put(
            name,
            new LegacyCondition(
                each.comparisonOperatorAsString(),
                each.hasAttributeValueList() ? values(each.attributeValueList()) : null,
                value(each.value()),
                each.exists())));
    return expected;
  }

  static Map<String, LegacyCondition> conditions(Map<String, Condition> written) {
    Map<String, LegacyCondition> conditions = LinkedHashMap.newLinkedHashMap(written.size());
    written.forEach((name, each) ->
        conditions.put(
            name,
            new LegacyCondition(
                each.comparisonOperatorAsString(),
                each.hasAttributeValueList() ? values(each.attributeValueList()) : null,
                null,
                null)));
    return conditions;
  }

  /// The constraints of the API model on conditions.
  ///
  /// @param parameter the parameter's name, its first letter small
  static void check(Constraints constraints, String parameter, Map<String, Condition> conditions) {
    conditions.forEach((name, each) -> {
      String path = parameter + "." + name + ".member.comparisonOperator";
      if (constraints.present(each.comparisonOperatorAsString(), path)) {
        constraints.oneOf(each.comparisonOperatorAsString(), path, OPERATORS);
      }
    });
  }

  /// The constraints of the API model on what an attribute is expected to be.
  static void checkExpected(Constraints constraints, Map<String, ExpectedAttributeValue> expected) {
    expected.forEach((name, each) ->
        constraints.oneOf(
            each.comparisonOperatorAsString(),
            "expected." + name + ".member.comparisonOperator",
            OPERATORS));
  }

  static Map<String, LegacyUpdate> updates(Map<String, AttributeValueUpdate> written) {
    Map<String, LegacyUpdate> updates = LinkedHashMap.newLinkedHashMap(written.size());
    written.forEach((name, each) ->
        updates.put(name, new LegacyUpdate(each.actionAsString(), value(each.value()))));
    return updates;
  }

  private static @Nullable Value value(@Nullable AttributeValue written) {
    return written == null ? null : AttributeValues.value(written);
  }

  private static List<Value> values(List<AttributeValue> written) {
    return written.stream().map(AttributeValues::value).toList();
  }
}
