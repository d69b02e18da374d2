package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.Dialect;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.LegacyConditions;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// What the requests to put and to delete an item have in common.
///
/// @param member that names the item: `item` or `key`
/// @param given its value
/// @param expected the older form of a condition
/// @param operator that joins the older form's parts
record WholeItemWrite(
    String member,
    @Nullable Map<String, AttributeValue> given,
    @Nullable String expression,
    @Nullable Map<String, ExpectedAttributeValue> expected,
    @Nullable String operator,
    @Nullable Map<String, String> names,
    @Nullable Map<String, AttributeValue> values,
    @Nullable String capacity,
    @Nullable String metrics,
    @Nullable String returned,
    @Nullable String onFailure) {

  static WholeItemWrite of(PutItemRequest r) {
    return new WholeItemWrite(
        "item",
        Requests.given(r.hasItem(), r.item()),
        r.conditionExpression(),
        Requests.given(r.hasExpected(), r.expected()),
        r.conditionalOperatorAsString(),
        Requests.given(r.hasExpressionAttributeNames(), r.expressionAttributeNames()),
        Requests.given(r.hasExpressionAttributeValues(), r.expressionAttributeValues()),
        r.returnConsumedCapacityAsString(),
        r.returnItemCollectionMetricsAsString(),
        r.returnValuesAsString(),
        r.returnValuesOnConditionCheckFailureAsString());
  }

  static WholeItemWrite of(DeleteItemRequest r) {
    return new WholeItemWrite(
        "key",
        Requests.given(r.hasKey(), r.key()),
        r.conditionExpression(),
        Requests.given(r.hasExpected(), r.expected()),
        r.conditionalOperatorAsString(),
        Requests.given(r.hasExpressionAttributeNames(), r.expressionAttributeNames()),
        Requests.given(r.hasExpressionAttributeValues(), r.expressionAttributeValues()),
        r.returnConsumedCapacityAsString(),
        r.returnItemCollectionMetricsAsString(),
        r.returnValuesAsString(),
        r.returnValuesOnConditionCheckFailureAsString());
  }

  /// The item or its key, once everything before it in the service's order has been checked.
  Item item(@Nullable String table) {
    check(table);
    Item item = AttributeValues.item(Objects.requireNonNull(given));
    if (returned != null && !returned.equals("ALL_OLD") && !returned.equals("NONE")) {
      throw new ValidationException("ReturnValues can only be ALL_OLD or NONE");
    }
    return item;
  }

  private void check(@Nullable String table) {
    var constraints = new Constraints();
    constraints.oneOf(capacity, "returnConsumedCapacity", Requests.CAPACITY);
    constraints.tableName(table);
    constraints.present(given, member);
    LegacyParameters.checkExpected(constraints, expected == null ? Map.of() : expected);
    constraints.oneOf(operator, "conditionalOperator", Requests.JOINS);
    constraints.oneOf(returned, "returnValues", Requests.RETURN_VALUES);
    constraints.oneOf(metrics, "returnItemCollectionMetrics", Requests.METRICS);
    constraints.oneOf(onFailure, "returnValuesOnConditionCheckFailure", Requests.ON_FAILURE);
    constraints.check();
    new Dialect()
        .expression("ConditionExpression", expression)
        .other("Expected", expected)
        .other("ConditionalOperator", operator)
        .require(names, values);
  }

  /// The condition of the write, however it is said.
  Condition condition() {
    if (expression == null) {
      var parts = LegacyParameters.expected(expected == null ? Map.of() : expected);
      return LegacyConditions.expected(parts, operator);
    }
    Expressions expressions = Requests.expressions(names, values);
    Condition condition = expressions.condition(expression);
    expressions.requireAllUsed();
    return condition;
  }

  /// True if the refusal of a condition has the item.
  boolean showsOnFailure() {
    return "ALL_OLD".equals(onFailure);
  }

  /// True if the answer has the item that was there.
  boolean answersOld(Outcome outcome) {
    return outcome.before() != null && "ALL_OLD".equals(returned);
  }
}
