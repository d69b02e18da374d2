package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.Dialect;
import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.expression.LegacyConditions;
import dev.polder.dynamodb.expression.LegacyUpdate;
import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// One scan.
final class ScanOperation {
  private static final int MOST_SEGMENTS = 1_000_000;

  /// What the service says of starting keys without saying that it is one.
  private static final Pattern BARE =
      Pattern.compile(
          "contains duplicates|number set|numeric value|significant digits|number with magnitude");

  private final Scope scope;
  private final ScanRequest request;
  private final @Nullable Map<String, String> names;
  private final @Nullable Map<String, AttributeValue> values;
  private @Nullable Item start;
  private Condition filter = Condition.ALWAYS;
  private Optional<Projection> projection = Optional.empty();

  ScanOperation(Scope scope, ScanRequest request) {
    this.scope = scope;
    this.request = request;
    this.names =
        Requests.given(request.hasExpressionAttributeNames(), request.expressionAttributeNames());
    this.values =
        Requests.given(request.hasExpressionAttributeValues(), request.expressionAttributeValues());
  }

  /// A starting key that a client wrote.
  static Item start(Map<String, AttributeValue> written) {
    try {
      return AttributeValues.item(written);
    } catch (ValidationException e) {
      boolean bare = BARE.matcher(e.reason()).find();
      throw bare ? e : new ValidationException(Source.BAD_START + ": " + e.reason());
    }
  }

  ScanResponse run(Tables tables, Store store) {
    String name = TableOperations.name(scope, request.tableName());
    check(name);
    readOlder();
    requireSegments();
    readExpressions();
    OpenTable table = ItemOperations.table(tables, scope, name);
    Source source = Source.of(table.layout(), request.indexName());
    source.requireConsistency(request.consistentRead());
    if (start != null) {
      source.requireStart(start);
    }
    Space whole = source.whole(request.selectAsString(), projection);
    KeyRange range = range(source);
    projection.ifPresent(each -> ItemRules.requireScalarKeys(source.layout(), each.paths()));
    ItemRules.requireScalarKeys(source.layout(), filter.paths());
    source.requireFilled();
    var selection = new Selection(request.selectAsString(), projection);
    Page page =
        Page.read(
            store,
            new Page.Reading(
                range,
                true,
                request.limit() == null ? Integer.MAX_VALUE : request.limit(),
                filter,
                whole,
                selection.counts(),
                null));
    return answer(source, selection, page);
  }

  private void check(@Nullable String name) {
    var constraints = new Constraints();
    constraints.oneOf(request.selectAsString(), "select", Requests.SELECT);
    constraints.name(request.indexName(), "indexName");
    constraints.atLeast(request.totalSegments(), "totalSegments", 1);
    constraints.atMost(request.totalSegments(), "totalSegments", MOST_SEGMENTS);
    constraints.oneOf(
        request.returnConsumedCapacityAsString(), "returnConsumedCapacity", Requests.CAPACITY);
    constraints.tableName(name);
    constraints.oneOf(request.conditionalOperatorAsString(), "conditionalOperator", Requests.JOINS);
    LegacyParameters.check(constraints, "scanFilter", request.scanFilter());
    constraints.atLeast(request.segment(), "segment", 0);
    constraints.atMost(request.segment(), "segment", MOST_SEGMENTS - 1);
    constraints.atLeast(request.limit(), "limit", 1);
    if (request.hasAttributesToGet()) {
      constraints.size(request.attributesToGet(), "attributesToGet", 1, 255);
    }
    constraints.check();
    new Dialect()
        .expression("ProjectionExpression", request.projectionExpression())
        .expression("FilterExpression", request.filterExpression())
        .other(
            "AttributesToGet",
            Requests.given(request.hasAttributesToGet(), request.attributesToGet()))
        .other("ScanFilter", Requests.given(request.hasScanFilter(), request.scanFilter()))
        .other("ConditionalOperator", request.conditionalOperator())
        .require(names, values);
    Selection.require(
        request.selectAsString(),
        request.projectionExpression() != null
            ? "ProjectionExpression"
            : request.hasAttributesToGet() ? "AttributesToGet" : null,
        request.indexName(),
        "Scanning");
  }

  private void readOlder() {
    if (request.hasAttributesToGet()) {
      projection = Optional.of(LegacyUpdate.projection(request.attributesToGet()));
    }
    if (request.hasScanFilter() || request.conditionalOperator() != null) {
      filter =
          LegacyConditions.filter(
              LegacyParameters.conditions(request.scanFilter()),
              request.conditionalOperatorAsString());
    }
    start = request.hasExclusiveStartKey() ? start(request.exclusiveStartKey()) : null;
  }

  private void requireSegments() {
    Integer segment = request.segment();
    Integer total = request.totalSegments();
    if (segment != null && total == null) {
      throw new ValidationException(
          "The TotalSegments parameter is required but was not present in the request when"
              + " Segment parameter is present");
    }
    if (segment == null && total != null) {
      throw new ValidationException(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (segment != null && total != null && segment >= total) {
      throw new ValidationException(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
              + " Segment: "
              + segment
              + " is not less than TotalSegments: "
              + total);
    }
  }

  private void readExpressions() {
    if (request.filterExpression() == null && request.projectionExpression() == null) {
      return;
    }
    Expressions expressions = Requests.expressions(names, values);
    if (request.filterExpression() != null) {
      filter = expressions.filter(request.filterExpression());
    }
    if (request.projectionExpression() != null) {
      projection = Optional.of(expressions.projection(request.projectionExpression()));
    }
    expressions.requireAllUsed();
  }

  private KeyRange range(Source source) {
    Integer segment = request.segment();
    Integer total = request.totalSegments();
    KeyRange all =
        segment == null || total == null
            ? source.space().all()
            : source.space().segment(segment, total);
    if (start == null) {
      return all;
    }
    Key position = source.start(start);
    Key end = all.to();
    if (position.compareTo(all.from()) < 0 || (end != null && position.compareTo(end) >= 0)) {
      throw new ValidationException(
          Source.BAD_START
              + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
              + " TotalSegments: "
              + total
              + " Segment: "
              + segment);
    }
    return KeyRange.behind(position, end);
  }

  private ScanResponse answer(Source source, Selection selection, Page page) {
    var response = ScanResponse.builder().count(page.count()).scannedCount(page.scanned());
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
