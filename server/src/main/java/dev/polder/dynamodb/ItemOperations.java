package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.Dialect;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.LegacyUpdate;
import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.expression.Update;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// Single items: getting, putting, updating, deleting.
final class ItemOperations {
  private final Tables tables;
  private final Store store;
  private final Writer writer;

  ItemOperations(Tables tables, Store store, Writer writer) {
    this.tables = tables;
    this.store = store;
    this.writer = writer;
  }

  /// The table that a request about items means.
  static OpenTable table(Tables tables, Scope scope, @Nullable String name) {
    return tables.find(scope, String.valueOf(name)).orElseThrow(DynamoDbErrors::noResource);
  }

  GetItemResponse get(Scope scope, GetItemRequest request) {
    String name = TableOperations.name(scope, request.tableName());
    var constraints = new Constraints();
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    if (request.hasAttributesToGet()) {
      constraints.size(request.attributesToGet(), "attributesToGet", 1, 255);
    }
    constraints.tableName(name);
    constraints.present(Requests.given(request.hasKey(), request.key()), "key");
    constraints.check();
    var names =
        Requests.given(request.hasExpressionAttributeNames(), request.expressionAttributeNames());
    new Dialect()
        .expression("ProjectionExpression", request.projectionExpression())
        .other(
            "AttributesToGet",
            Requests.given(request.hasAttributesToGet(), request.attributesToGet()))
        .require(names, null);
    Item key = AttributeValues.item(request.key());
    Optional<Projection> projection = projection(request, names);
    OpenTable table = table(tables, scope, name);
    Key found = ItemRules.find(table.layout(), key);
    projection.ifPresent(each -> ItemRules.requireScalarKeys(table.layout(), each.paths()));
    byte[] stored = store.get(found);
    return answer(request, table, stored, projection);
  }

  private static Optional<Projection> projection(
      GetItemRequest request, @Nullable Map<String, String> names) {
    if (request.hasAttributesToGet()) {
      return Optional.of(LegacyUpdate.projection(request.attributesToGet()));
    }
    if (request.projectionExpression() == null) {
      return Optional.empty();
    }
    Expressions expressions = Requests.expressions(names, null);
    Projection projection = expressions.projection(request.projectionExpression());
    expressions.requireAllUsed();
    return Optional.of(projection);
  }

  private static GetItemResponse answer(
      GetItemRequest request,
      OpenTable table,
      byte @Nullable [] stored,
      Optional<Projection> projection) {
    var response = GetItemResponse.builder();
    Item item = stored == null ? null : ItemEncoding.decode(stored);
    if (item != null) {
      response.item(AttributeValues.sdk(projection.isPresent() ? projection.get().of(item) : item));
    }
    String wanted = request.returnConsumedCapacityAsString();
    if (wanted != null) {
      double units =
          Capacity.read(
              item == null ? 0 : item.size(), Boolean.TRUE.equals(request.consistentRead()));
      response.consumedCapacity(
          new Capacity(Capacity.Kind.READ).table(table.table().name(), units).one(wanted));
    }
    return response.build();
  }

  PutItemResponse put(Scope scope, PutItemRequest request) {
    String name = TableOperations.name(scope, request.tableName());
    var write = WholeItemWrite.of(request);
    Item item = write.item(name);
    item.requirePutSize();
    Condition condition = write.condition();
    OpenTable table = table(tables, scope, name);
    ItemRules.requireScalarKeys(table.layout(), condition.paths());
    Key key = ItemRules.place(table.layout(), item);
    Outcome outcome =
        writer.write(
            new Step(
                table,
                key,
                before -> {
                  require(condition, before, write.showsOnFailure());
                  return item;
                }));
    var response = PutItemResponse.builder();
    if (write.answersOld(outcome)) {
      response.attributes(AttributeValues.sdk(Objects.requireNonNull(outcome.before())));
    }
    return response
        .consumedCapacity(written(outcome, request.returnConsumedCapacityAsString()))
        .itemCollectionMetrics(
            Requests.metrics(request.returnItemCollectionMetricsAsString(), outcome.layout(), item))
        .build();
  }

  /// Refuses an item that does not satisfy a condition.
  ///
  /// @param shown whether the refusal has the item
  static void require(Condition condition, @Nullable Item item, boolean shown) {
    if (condition != Condition.ALWAYS && !condition.matches(item == null ? Item.EMPTY : item)) {
      throw new ConditionFailedException(shown ? item : null);
    }
  }

  private static software.amazon.awssdk.services.dynamodb.model.@Nullable ConsumedCapacity written(
      Outcome outcome, @Nullable String wanted) {
    return wanted == null ? null : new Capacity(Capacity.Kind.WRITE).change(outcome, 1).one(wanted);
  }

  DeleteItemResponse delete(Scope scope, DeleteItemRequest request) {
    String name = TableOperations.name(scope, request.tableName());
    var write = WholeItemWrite.of(request);
    Item key = write.item(name);
    Condition condition = write.condition();
    OpenTable table = table(tables, scope, name);
    Key found = ItemRules.find(table.layout(), key);
    ItemRules.requireScalarKeys(table.layout(), condition.paths());
    Outcome outcome =
        writer.write(
            new Step(
                table,
                found,
                before -> {
                  require(condition, before, write.showsOnFailure());
                  return null;
                }));
    var response = DeleteItemResponse.builder();
    if (write.answersOld(outcome)) {
      response.attributes(AttributeValues.sdk(Objects.requireNonNull(outcome.before())));
    }
    return response
        .consumedCapacity(written(outcome, request.returnConsumedCapacityAsString()))
        .itemCollectionMetrics(
            Requests.metrics(request.returnItemCollectionMetricsAsString(), outcome.layout(), key))
        .build();
  }

  UpdateItemResponse update(Scope scope, UpdateItemRequest request) {
    var reading = new ItemUpdate(request);
    String name = TableOperations.name(scope, request.tableName());
    reading.check(name);
    Item key = AttributeValues.item(request.key());
    reading.readExpressions();
    OpenTable table = table(tables, scope, name);
    Key found = ItemRules.find(table.layout(), key);
    boolean shown = "ALL_OLD".equals(request.returnValuesOnConditionCheckFailureAsString());
    UpdatedItem update = reading.update(table.layout(), key, shown);
    Outcome outcome = writer.write(new Step(table, found, update::apply));
    var response = UpdateItemResponse.builder();
    Item answered = answered(request.returnValuesAsString(), update.update(), outcome);
    if (answered != null) {
      response.attributes(AttributeValues.sdk(answered));
    }
    return response
        .consumedCapacity(written(outcome, request.returnConsumedCapacityAsString()))
        .itemCollectionMetrics(
            Requests.metrics(request.returnItemCollectionMetricsAsString(), outcome.layout(), key))
        .build();
  }

  private static @Nullable Item answered(@Nullable String wanted, Update update, Outcome outcome) {
    Item before = outcome.before();
    Item after = outcome.after();
    return switch (wanted == null ? "NONE" : wanted) {
      case "ALL_OLD" -> before;
      case "ALL_NEW" -> after;
      case "UPDATED_OLD" -> before == null ? null : some(update.touched().of(before));
      case "UPDATED_NEW" -> after == null ? null : some(update.touched().of(after));
      default -> null;
    };
  }

  private static @Nullable Item some(Item item) {
    return item.isEmpty() ? null : item;
  }
}
