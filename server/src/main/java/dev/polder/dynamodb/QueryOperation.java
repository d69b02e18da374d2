package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.Dialect;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.KeyConditionExpression;
import dev.polder.dynamodb.expression.KeyConditions;
import dev.polder.dynamodb.expression.KeyQuery;
import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.LegacyConditions;
import dev.polder.dynamodb.expression.LegacyUpdate;
import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.expression.SortRange;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import dev.polder.kernel.Scope;
import dev.polder.store.Store;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/// One query.
final class QueryOperation {
  private final Scope scope;
  private final QueryRequest request;
  private final @Nullable Map<String, String> names;
  private final @Nullable Map<String, AttributeValue> values;
  private @Nullable Item start;
  private Condition filter = Condition.ALWAYS;
  private Optional<Projection> projection = Optional.empty();
  private @Nullable KeyConditions conditions;

  QueryOperation(Scope scope, QueryRequest request) {
    this.scope = scope;
    this.request = request;
    this.names =
        Requests.given(request.hasExpressionAttributeNames(), request.expressionAttributeNames());
    this.values =
        Requests.given(request.hasExpressionAttributeValues(), request.expressionAttributeValues());
  }

  QueryResponse run(Tables tables, Store store, RecentItems recent) {
    String name = TableOperations.name(scope, request.tableName());
    check(name);
    readOlder();
    readExpressions();
    OpenTable table = ItemOperations.table(tables, scope, name);
    Source source = Source.of(table.layout(), request.indexName());
    source.requireConsistency(request.consistentRead());
    if (start != null && start.attributes().size() != source.position().size()) {
      throw new ValidationException(Source.BAD_START);
    }
    if (conditions == null) {
      throw new IllegalStateException("A query without key conditions has passed the checks");
    }
    KeyQuery query =
        conditions.query(source.key(), attribute -> source.requireStart(start, attribute));
    if (start != null) {
      requireStart(source, query, start);
    }
    projection.ifPresent(each -> ItemRules.requireScalarKeys(source.layout(), each.paths()));
    requireNoKeys(source.key());
    Space whole = source.whole(request.selectAsString(), projection);
    ItemRules.requireScalarKeys(source.layout(), filter.paths());
    source.requireFilled();
    var selection = new Selection(request.selectAsString(), projection);
    boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
    Page page =
        Page.read(
            store,
            new Page.Reading(
                source.range(query, forward, start),
                forward,
                request.limit() == null ? Integer.MAX_VALUE : request.limit(),
                filter,
                whole,
                selection.counts(),
                source.sight(projection, recent)));
    return answer(source, selection, page);
  }

  private void check(@Nullable String name) {
    var constraints = new Constraints();
    constraints.oneOf(request.selectAsString(), "select", Requests.SELECT);
    constraints.name(request.indexName(), "indexName");
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    LegacyParameters.check(constraints, "queryFilter", request.queryFilter());
    constraints.tableName(name);
    constraints.oneOf(request.conditionalOperatorAsString(), "conditionalOperator", Requests.JOINS);
    if (request.hasAttributesToGet()) {
      constraints.size(request.attributesToGet(), "attributesToGet", 1, 255);
    }
    constraints.atLeast(request.limit(), "limit", 1);
    LegacyParameters.check(constraints, "keyConditions", request.keyConditions());
    constraints.check();
    new Dialect()
        .expression("ProjectionExpression", request.projectionExpression())
        .expression("FilterExpression", request.filterExpression())
        .expression("KeyConditionExpression", request.keyConditionExpression())
        .other(
            "AttributesToGet",
            Requests.given(request.hasAttributesToGet(), request.attributesToGet()))
        .other("QueryFilter", Requests.given(request.hasQueryFilter(), request.queryFilter()))
        .other("ConditionalOperator", request.conditionalOperator())
        .other("KeyConditions", Requests.given(request.hasKeyConditions(), request.keyConditions()))
        .require(names, values);
    Selection.require(
        request.selectAsString(),
        request.projectionExpression() != null
            ? "ProjectionExpression"
            : request.hasAttributesToGet() ? "AttributesToGet" : null,
        request.indexName(),
        "Querying");
  }

  private void readOlder() {
    if (request.hasQueryFilter() || request.conditionalOperator() != null) {
      filter =
          LegacyConditions.filter(
              LegacyParameters.conditions(request.queryFilter()),
              request.conditionalOperatorAsString());
    }
    if (request.hasAttributesToGet()) {
      projection = Optional.of(LegacyUpdate.projection(request.attributesToGet()));
    }
    start =
        request.hasExclusiveStartKey() ? ScanOperation.start(request.exclusiveStartKey()) : null;
    if (!request.hasKeyConditions() && request.keyConditionExpression() == null) {
      throw new ValidationException(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
  }

  private void readExpressions() {
    KeyConditionExpression written = null;
    if (request.keyConditionExpression() != null
        || request.filterExpression() != null
        || request.projectionExpression() != null) {
      Expressions expressions = Requests.expressions(names, values);
      if (request.keyConditionExpression() != null) {
        written = expressions.keyCondition(request.keyConditionExpression());
      }
      if (request.filterExpression() != null) {
        filter = expressions.filter(request.filterExpression());
      }
      if (request.projectionExpression() != null) {
        projection = Optional.of(expressions.projection(request.projectionExpression()));
      }
      expressions.requireAllUsed();
    }
    conditions =
        written == null
            ? LegacyConditions.keys(LegacyParameters.conditions(request.keyConditions()))
            : written.conditions();
  }

  private static void requireStart(Source source, KeyQuery query, Item start) {
    source.requireTableStart(start);
    Value partition = start.attribute(source.key().partition().name());
    boolean within = query.partition().equals(partition);
    KeySchema.KeyAttribute sort = source.key().sort();
    Value value = sort == null ? null : start.attribute(sort.name());
    boolean ranged = value != null && query.sort() != SortRange.ALL;
    if (ranged && value != null && !query.sort().contains(value)) {
      throw new ValidationException(
          "The provided starting key does not match the range key predicate");
    }
    if (!within) {
      throw new ValidationException(
          ranged
              ? "The query can return at most one row and cannot be restarted"
              : "The provided starting key is outside query boundaries based on provided"
                  + " conditions");
    }
  }

  /// Refuses a filter over key attributes, which the key condition is for.
  private void requireNoKeys(KeySchema key) {
    for (Path path : filter.paths()) {
      if (key.names().contains(path.attribute())) {
        throw new ValidationException(
            (request.filterExpression() == null ? "QueryFilter" : "Filter Expression")
                + " can only contain non-primary key attributes: Primary key attribute: "
                + path.attribute());
      }
    }
  }

  private QueryResponse answer(Source source, Selection selection, Page page) {
    var response = QueryResponse.builder().count(page.count()).scannedCount(page.scanned());
    var items = selection.items(page);
    if (items != null) {
      response.items(items);
    }
    return response
        .lastEvaluatedKey(source.lastKey(page))
        .consumedCapacity(
            source.consumed(
                page,
                request.returnConsumedCapacityAsString(),
                Boolean.TRUE.equals(request.consistentRead())))
        .build();
  }
}
