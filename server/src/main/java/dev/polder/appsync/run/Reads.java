package dev.polder.appsync.run;

import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The resolvers that read tables, as the generated templates do it.
final class Reads {
  private static final int LIMIT = 100;
  private static final int LEAST_READ = 100;

  private final ServedApi api;
  private final Access access;

  Reads(ServedApi api, Access access) {
    this.api = api;
    this.access = access;
  }

  /// What a list reads.
  ///
  /// @param index null for the table
  /// @param condition on the key; null to read everything
  private record Source(Model model, @Nullable TableIndex index, @Nullable String condition) {
    String target(ServedApi api) {
      return api.table(model) + (index == null ? "" : "/index/" + index.name());
    }
  }

  /// `getX`: the object of a key, or null.
  @Nullable Map<String, @Nullable Object> get(
      Request request, Calls calls, FieldName field, Model model, Map<String, ?> arguments) {
    Map<String, AttributeValue> key = Keys.of(model, model.key(), arguments);
    if (key == null) {
      return null;
    }
    Map<String, @Nullable Object> given = new LinkedHashMap<>(arguments);
    var sight = access.sight(request, model, Operation.GET, model.key(), given);
    return visible(calls, field, model, key, sight.filter());
  }

  /// The object of a key, if the caller may see it.
  @Nullable Map<String, @Nullable Object> byKey(
      Request request, Calls calls, FieldName field, Model model, Map<String, AttributeValue> key) {
    Map<String, @Nullable Object> given = given(model, key);
    var sight = access.related(request, model, Operation.GET, model.key(), given);
    if (sight == Access.Sight.NOTHING) {
      throw FieldException.notAuthorized(field.field(), field.type());
    }
    return visible(calls, field, model, key, sight.filter());
  }

  // Of a sort key of several fields nothing is given: its attribute is none of them.
  private static Map<String, @Nullable Object> given(Model model, Map<String, AttributeValue> key) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put(model.key().partition(), text(key.get(Keys.partition(model, model.key()))));
    if (model.key().sort().size() == 1) {
      given.put(model.key().sort().getFirst(), text(key.get(Keys.sort(model, model.key()))));
    }
    return given;
  }

  private static @Nullable String text(@Nullable AttributeValue value) {
    return value == null ? null : value.s() == null ? value.n() : value.s();
  }

  private @Nullable Map<String, @Nullable Object> visible(
      Calls calls,
      FieldName field,
      Model model,
      Map<String, AttributeValue> key,
      @Nullable Map<String, @Nullable Object> visible) {
    if (visible == null) {
      return item(calls, model, key);
    }
    var expressions = new Expressions();
    List<String> parts = new ArrayList<>();
    key.forEach(
        (name, value) -> parts.add(expressions.name(name) + " = " + expressions.value(value)));
    QueryRequest query =
        QueryRequest.builder()
            .tableName(api.table(model))
            .keyConditionExpression(String.join(" AND ", parts))
            .filterExpression(Filter.of(model, visible, expressions))
            .expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values())
            .build();
    QueryResponse found = calls.dynamo("Query", api.table(model), client -> client.query(query));
    if (found.items().isEmpty() && found.scannedCount() > 0) {
      throw FieldException.notAuthorized(field.field(), field.type());
    }
    return found.items().isEmpty() ? null : Values.object(model, found.items().getFirst());
  }

  /// The object of a key, whoever asks.
  @Nullable Map<String, @Nullable Object> item(
      Calls calls, Model model, Map<String, AttributeValue> key) {
    GetItemRequest get =
        GetItemRequest.builder().tableName(api.table(model)).key(key).consistentRead(true).build();
    var found = calls.dynamo("GetItem", api.table(model), client -> client.getItem(get));
    return found.hasItem() && !found.item().isEmpty() ? Values.object(model, found.item()) : null;
  }

  /// `listXs`: a scan, or a query where the partition of a custom key is given.
  Page list(Request request, Calls calls, Model model, Map<String, @Nullable Object> arguments) {
    if (arguments.get("sortDirection") != null) {
      String partition = model.key().partition();
      if (model.key().sort().isEmpty()) {
        throw unsorted();
      }
      if (arguments.get(partition) == null) {
        throw KeyCondition.invalid(
            "When providing argument 'sortDirection' you must also provide argument '"
                + partition
                + "'.");
      }
    }
    // Only a list of a model with a key of its own has the key among its arguments.
    var sight = access.sight(request, model, Operation.LIST, model.key(), arguments);
    return page(calls, model, null, sight);
  }

  private static FieldException unsorted() {
    return KeyCondition.invalid(
        "sortDirection is not supported for List operations without a Sort key defined.");
  }

  /// A query field over an index.
  Page index(
      Request request,
      Calls calls,
      Model model,
      TableIndex index,
      Map<String, @Nullable Object> arguments) {
    if (index.key().sort().isEmpty() && arguments.get("sortDirection") != null) {
      throw unsorted();
    }
    var sight = access.sight(request, model, Operation.LIST, index.key(), arguments);
    return page(calls, model, index, sight);
  }

  private Page page(Calls calls, Model model, @Nullable TableIndex index, Access.Sight sight) {
    var expressions = new Expressions();
    TableKey key = index == null ? model.key() : index.key();
    String condition = new KeyCondition(model, key, expressions).ofArguments(sight.arguments());
    return page(calls, new Source(model, index, condition), expressions, sight, LIMIT);
  }

  /// The children of a parent.
  ///
  /// @param values of the parent, for the first fields of the key
  Page children(
      Request request,
      Calls calls,
      Resolver.Children children,
      List<Object> values,
      Map<String, @Nullable Object> arguments) {
    Model model = api.model(children.model());
    TableIndex index = children.index() == null ? null : model.index(children.index());
    var expressions = new Expressions();
    TableKey key = index == null ? model.key() : index.key();
    var sight = related(request, model, key, values, arguments);
    if (sight == Access.Sight.NOTHING) {
      return Page.empty();
    }
    String condition =
        new KeyCondition(model, key, expressions).ofParent(values, sight.arguments());
    return page(calls, new Source(model, index, condition), expressions, sight, children.limit());
  }

  private Access.Sight related(
      Request request,
      Model model,
      TableKey key,
      List<Object> values,
      Map<String, @Nullable Object> arguments) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(arguments);
    for (int i = 0; i < values.size() && i < key.fields().size(); i++) {
      given.put(key.fields().get(i), values.get(i));
    }
    return access.related(request, model, Operation.LIST, key, given);
  }

  /// The first object that an index finds.
  @Nullable Map<String, @Nullable Object> first(
      Request request, Calls calls, Model model, TableIndex index, List<Object> values) {
    var expressions = new Expressions();
    var sight = related(request, model, index.key(), values, Map.of());
    if (sight == Access.Sight.NOTHING) {
      return null;
    }
    String condition = new KeyCondition(model, index.key(), expressions).ofParent(values, Map.of());
    var page = page(calls, new Source(model, index, condition), expressions, sight, 1);
    return page.items().isEmpty() ? null : page.items().getFirst();
  }

  /// All items of a connection, for work on every one.
  List<Map<String, AttributeValue>> items(
      Calls calls, Resolver.Children children, List<Object> values) {
    var expressions = new Expressions();
    Source source = source(children, values, expressions);
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, AttributeValue> after = Map.of();
    do {
      QueryRequest query =
          query(source, expressions).exclusiveStartKey(after.isEmpty() ? null : after).build();
      var found = calls.dynamo("Query", source.target(api), client -> client.query(query));
      items.addAll(found.items());
      after = found.lastEvaluatedKey();
    } while (!after.isEmpty());
    return items;
  }

  /// The deletion of all items of a connection, for a transaction within
  /// [dev.polder.kernel.LargeTransactions].
  TransactWriteItem deletion(Resolver.Children children, List<Object> values) {
    var expressions = new Expressions();
    Source source = source(children, values, expressions);
    Delete delete =
        Delete.builder()
            .tableName(source.target(api))
            .key(Map.of())
            .conditionExpression(source.condition())
            .expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values())
            .build();
    return TransactWriteItem.builder().delete(delete).build();
  }

  private Source source(Resolver.Children children, List<Object> values, Expressions expressions) {
    Model model = api.model(children.model());
    TableIndex index = children.index() == null ? null : model.index(children.index());
    TableKey key = index == null ? model.key() : index.key();
    String condition = new KeyCondition(model, key, expressions).ofParent(values, Map.of());
    return new Source(model, index, condition);
  }

  private Page page(
      Calls calls, Source source, Expressions expressions, Access.Sight sight, int usual) {
    Map<String, @Nullable Object> arguments = sight.arguments();
    String filter =
        Expressions.all(
            Filter.of(source.model(), sight.filter(), expressions),
            Filter.of(source.model(), map(arguments.get("filter")), expressions));
    var reading = new Reading(source, expressions, filter, arguments);
    int limit = arguments.get("limit") instanceof Number given ? given.intValue() : usual;
    boolean isFull = filter != null && api.api().extensions().filterBeforeLimit() && limit > 0;
    Found found =
        isFull
            ? fill(calls, reading, start(arguments), limit)
            : read(calls, reading, start(arguments), limit, false);
    List<Map<String, @Nullable Object>> objects = new ArrayList<>(found.items().size());
    found.items().forEach(item -> objects.add(Values.object(source.model(), item)));
    String next = found.last().isEmpty() ? null : PageToken.of(found.last());
    return new Page(objects, next, () -> count(calls, reading));
  }

  private record Reading(
      Source source,
      Expressions expressions,
      @Nullable String filter,
      Map<String, @Nullable Object> arguments) {
    boolean forward() {
      return !"DESC".equals(arguments.get("sortDirection"));
    }
  }

  private record Found(
      List<Map<String, AttributeValue>> items, int count, Map<String, AttributeValue> last) {}

  private static @Nullable Map<String, AttributeValue> start(
      Map<String, @Nullable Object> arguments) {
    return arguments.get("nextToken") instanceof String token && !token.isEmpty()
        ? PageToken.read(token)
        : null;
  }

  // The extension `filterBeforeLimit`: reads on until the page is full.
  private Found fill(
      Calls calls, Reading reading, @Nullable Map<String, AttributeValue> start, int limit) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, AttributeValue> after = start;
    do {
      int most = Math.max(LEAST_READ, limit - items.size());
      Found found = read(calls, reading, after, most, false);
      items.addAll(found.items());
      after = found.last();
    } while (items.size() < limit && !after.isEmpty());
    if (items.size() <= limit) {
      return new Found(items, items.size(), after);
    }
    Source source = reading.source();
    Map<String, AttributeValue> last = Batches.keyOf(source.model(), items.get(limit - 1));
    if (source.index() != null) {
      last.putAll(Batches.keyOf(source.model(), source.index().key(), items.get(limit - 1)));
    }
    return new Found(items.subList(0, limit), limit, last);
  }

  private int count(Calls calls, Reading reading) {
    int count = 0;
    Map<String, AttributeValue> after = null;
    do {
      Found found = read(calls, reading, after, null, true);
      count += found.count();
      after = found.last();
    } while (!after.isEmpty());
    return count;
  }

  private Found read(
      Calls calls,
      Reading reading,
      @Nullable Map<String, AttributeValue> after,
      @Nullable Integer limit,
      boolean counts) {
    Source source = reading.source();
    String target = source.target(api);
    if (source.condition() == null && source.index() != null) {
      // What the service says to a query without a key condition.
      throw new FieldException(
          "MappingTemplate", "Expression block in the query block is required for this operation.");
    }
    if (source.condition() == null) {
      ScanRequest scan =
          ScanRequest.builder()
              .tableName(api.table(source.model()))
              .filterExpression(reading.filter())
              .expressionAttributeNames(reading.expressions().names())
              .expressionAttributeValues(reading.expressions().values())
              .exclusiveStartKey(after)
              .limit(limit)
              .select(counts ? Select.COUNT : null)
              .build();
      var found = calls.dynamo("Scan", target, client -> client.scan(scan));
      return new Found(found.items(), found.count(), found.lastEvaluatedKey());
    }
    QueryRequest query =
        query(source, reading.expressions())
            .filterExpression(reading.filter())
            .scanIndexForward(reading.forward())
            .exclusiveStartKey(after)
            .limit(limit)
            .select(counts ? Select.COUNT : null)
            .build();
    var found = calls.dynamo("Query", target, client -> client.query(query));
    return new Found(found.items(), found.count(), found.lastEvaluatedKey());
  }

  private QueryRequest.Builder query(Source source, Expressions expressions) {
    return QueryRequest.builder()
        .tableName(api.table(source.model()))
        .indexName(source.index() == null ? null : source.index().name())
        .keyConditionExpression(Objects.requireNonNull(source.condition()))
        .expressionAttributeNames(expressions.names())
        .expressionAttributeValues(expressions.values());
  }

  @SuppressWarnings("unchecked")
  static @Nullable Map<String, @Nullable Object> map(@Nullable Object value) {
    return (Map<String, @Nullable Object>) value;
  }
}
