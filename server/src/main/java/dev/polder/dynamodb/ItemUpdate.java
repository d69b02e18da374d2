package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.Dialect;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.LegacyConditions;
import dev.polder.dynamodb.expression.LegacyUpdate;
import dev.polder.dynamodb.expression.Update;
import dev.polder.dynamodb.item.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Reads an UpdateItem request, in the order in which the real service checks it.
final class ItemUpdate {
  private final UpdateItemRequest request;
  private Update update = new Update(List.of(), "");
  private Condition condition = Condition.ALWAYS;

  ItemUpdate(UpdateItemRequest request) {
    this.request = request;
  }

  /// Checks the members for themselves.
  void check(@Nullable String tableName) {
    var constraints = new Constraints();
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    constraints.tableName(tableName);
    constraints.oneOf(
        request.returnItemCollectionMetricsAsString(),
        "returnItemCollectionMetrics",
        Requests.METRICS);
    constraints.oneOf(request.returnValuesAsString(), "returnValues", Requests.RETURN_VALUES);
    constraints.present(Requests.given(request.hasKey(), request.key()), "key");
    LegacyParameters.checkExpected(constraints, request.expected());
    constraints.oneOf(request.conditionalOperatorAsString(), "conditionalOperator", Requests.JOINS);
    constraints.oneOf(
        request.returnValuesOnConditionCheckFailureAsString(),
        "returnValuesOnConditionCheckFailure",
        Requests.ON_FAILURE);
    constraints.check();
    new Dialect()
        .expression("UpdateExpression", request.updateExpression())
        .expression("ConditionExpression", request.conditionExpression())
        .other(
            "AttributeUpdates",
            Requests.given(request.hasAttributeUpdates(), request.attributeUpdates()))
        .other("Expected", Requests.given(request.hasExpected(), request.expected()))
        .other("ConditionalOperator", request.conditionalOperator())
        .require(
            Requests.given(
                request.hasExpressionAttributeNames(), request.expressionAttributeNames()),
            Requests.given(
                request.hasExpressionAttributeValues(), request.expressionAttributeValues()));
  }

  /// Reads the update and the condition, however they are said.
  void readExpressions() {
    if (request.hasAttributeUpdates()) {
      update = LegacyUpdate.of(LegacyParameters.updates(request.attributeUpdates()));
    }
    if (request.hasExpected() || request.conditionalOperator() != null) {
      condition =
          LegacyConditions.expected(
              LegacyParameters.expected(request.expected()), request.conditionalOperatorAsString());
    }
    if (request.updateExpression() == null && request.conditionExpression() == null) {
      return;
    }
    Map<String, String> names =
        Requests.given(request.hasExpressionAttributeNames(), request.expressionAttributeNames());
    Expressions expressions =
        Requests.expressions(
            names,
            Requests.given(
                request.hasExpressionAttributeValues(), request.expressionAttributeValues()));
    if (request.updateExpression() != null) {
      update = expressions.update(request.updateExpression());
    }
    if (request.conditionExpression() != null) {
      condition = expressions.condition(request.conditionExpression());
    }
    expressions.requireAllUsed();
  }

  /// What is to be done to the item of this key.
  UpdatedItem update(Layout layout, Item key, boolean shown) {
    return UpdatedItem.of(layout, key, update, condition, shown);
  }
}
