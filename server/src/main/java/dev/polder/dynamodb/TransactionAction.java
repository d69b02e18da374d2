package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.Update;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// One action of a transaction.
///
/// @param item the item that is put, or the key of the one that is changed or looked at
/// @param update null unless the item is updated
/// @param shown whether a refusal by the condition has the item
record TransactionAction(
    Kind kind,
    String tableName,
    Item item,
    @Nullable Update update,
    Condition condition,
    boolean shown)
    implements Action {

  /// What an action does to its item.
  enum Kind {
    CHECK,
    INSERT,
    PUT,
    UPDATE,
    DELETE
  }

  static TransactionAction read(Scope scope, TransactWriteItem item) {
    int given =
        (item.put() == null ? 0 : 1)
            + (item.update() == null ? 0 : 1)
            + (item.delete() == null ? 0 : 1)
            + (item.conditionCheck() == null ? 0 : 1);
    if (given == 0) {
      throw new ValidationException(
          "The action or operation requested is invalid. Verify that the action is typed"
              + " correctly.");
    }
    if (given > 1) {
      throw new ValidationException(
          "TransactItems can only contain one of Check, Put, Update or Delete");
    }
    if (item.put() != null) {
      return put(scope, item.put());
    }
    if (item.update() != null) {
      return update(scope, item.update());
    }
    return item.delete() != null
        ? delete(scope, item.delete())
        : check(scope, item.conditionCheck());
  }

  private static TransactionAction put(Scope scope, Put put) {
    String name = named(scope, put.tableName(), put.hasItem(), "put.item");
    Item item = AttributeValues.item(put.item());
    item.requirePutSize();
    return new TransactionAction(
        Kind.PUT,
        name,
        item,
        null,
        condition(
            put.conditionExpression(),
            Requests.given(put.hasExpressionAttributeNames(), put.expressionAttributeNames()),
            Requests.given(put.hasExpressionAttributeValues(), put.expressionAttributeValues())),
        shows(put.returnValuesOnConditionCheckFailureAsString()));
  }

  private static TransactionAction update(
      Scope scope, software.amazon.awssdk.services.dynamodb.model.Update update) {
    String name = named(scope, update.tableName(), update.hasKey(), "update.key");
    requirePresent(update.updateExpression(), "update.updateExpression");
    Item key = AttributeValues.item(update.key());
    Expressions expressions =
        Requests.expressions(
            Requests.given(update.hasExpressionAttributeNames(), update.expressionAttributeNames()),
            Requests.given(
                update.hasExpressionAttributeValues(), update.expressionAttributeValues()));
    Update read = expressions.update(update.updateExpression());
    Condition condition =
        update.conditionExpression() == null
            ? Condition.ALWAYS
            : expressions.condition(update.conditionExpression());
    expressions.requireAllUsed();
    return new TransactionAction(
        Kind.UPDATE,
        name,
        key,
        read,
        condition,
        shows(update.returnValuesOnConditionCheckFailureAsString()));
  }

  private static TransactionAction delete(Scope scope, Delete delete) {
    String name = named(scope, delete.tableName(), delete.hasKey(), "delete.key");
    return new TransactionAction(
        Kind.DELETE,
        name,
        AttributeValues.item(delete.key()),
        null,
        condition(
            delete.conditionExpression(),
            Requests.given(delete.hasExpressionAttributeNames(), delete.expressionAttributeNames()),
            Requests.given(
                delete.hasExpressionAttributeValues(), delete.expressionAttributeValues())),
        shows(delete.returnValuesOnConditionCheckFailureAsString()));
  }

  private static TransactionAction check(Scope scope, ConditionCheck check) {
    String name = named(scope, check.tableName(), check.hasKey(), "conditionCheck.key");
    requirePresent(check.conditionExpression(), "conditionCheck.conditionExpression");
    return new TransactionAction(
        Kind.CHECK,
        name,
        AttributeValues.item(check.key()),
        null,
        condition(
            check.conditionExpression(),
            Requests.given(check.hasExpressionAttributeNames(), check.expressionAttributeNames()),
            Requests.given(
                check.hasExpressionAttributeValues(), check.expressionAttributeValues())),
        shows(check.returnValuesOnConditionCheckFailureAsString()));
  }

  private static String named(Scope scope, @Nullable String table, boolean has, String path) {
    String member = path.substring(0, path.indexOf('.'));
    requirePresent(table, member + ".tableName");
    requirePresent(has ? path : null, path);
    return String.valueOf(TableOperations.name(scope, table));
  }

  private static void requirePresent(@Nullable Object value, String path) {
    if (value == null) {
      throw new ValidationException(
          "1 validation error detected: Value null at 'transactItems.1.member."
              + path
              + "' failed to satisfy constraint: Member must not be null");
    }
  }

  private static boolean shows(@Nullable String onFailure) {
    var constraints = new Constraints();
    constraints.oneOf(
        onFailure,
        "transactItems.1.member.returnValuesOnConditionCheckFailure",
        Requests.ON_FAILURE);
    constraints.check();
    return "ALL_OLD".equals(onFailure);
  }

  private static Condition condition(
      @Nullable String written,
      @Nullable Map<String, String> names,
      @Nullable Map<String, AttributeValue> values) {
    if (written == null && names == null && values == null) {
      return Condition.ALWAYS;
    }
    new dev.polder.dynamodb.expression.Dialect()
        .expression("ConditionExpression", written)
        .require(names, values);
    Expressions expressions = Requests.expressions(names, values);
    Condition condition = expressions.condition(String.valueOf(written));
    expressions.requireAllUsed();
    return condition;
  }

  @Override
  public int size() {
    return item.size();
  }

  /// Where the item is or would be.
  ///
  /// @throws ValidationException if it does not fit the table
  Key place(Layout layout) {
    return kind == Kind.PUT || kind == Kind.INSERT
        ? ItemRules.place(layout, item)
        : ItemRules.find(layout, item);
  }

  /// What is to become of the item.
  ///
  /// @throws ValidationException if the action does not fit the table
  Change change(Layout layout) {
    ItemRules.requireScalarKeys(layout, condition.paths());
    return switch (kind) {
      case UPDATE ->
          UpdatedItem.of(layout, item, Objects.requireNonNull(update), condition, shown)::apply;
      case INSERT -> this::inserted;
      case PUT -> before -> checked(before, item);
      case DELETE -> before -> checked(before, null);
      case CHECK -> before -> checked(before, before);
    };
  }

  private Item inserted(@Nullable Item before) {
    if (before != null) {
      throw DynamoDbErrors.duplicateItem();
    }
    return item;
  }

  private @Nullable Item checked(@Nullable Item before, @Nullable Item after) {
    ItemOperations.require(condition, before, shown);
    return after;
  }
}
