package dev.polder.dynamodb;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.dynamodb.expression.Expressions;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;

/// What requests have in common.
final class Requests {
  private static final System.Logger LOG = System.getLogger(Requests.class.getName());

  static final List<String> CAPACITY = List.of("INDEXES", "TOTAL", "NONE");
  static final List<String> METRICS = List.of("SIZE", "NONE");
  static final List<String> JOINS = List.of("OR", "AND");
  static final List<String> RETURN_VALUES =
      List.of("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
  static final List<String> ON_FAILURE = List.of("ALL_OLD", "NONE");
  static final List<String> SELECT =
      List.of("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");

  private Requests() {}

  /// Serves a request; what the engine refuses becomes what the client sees. A disk that refuses,
  /// as a full one does, is an error of the server, upon which clients try again: nothing of the
  /// request was done.
  static <T> T answer(Supplier<T> serve) {
    try {
      return serve.get();
    } catch (ValidationException e) {
      throw DynamoDbErrors.invalid(e.reason());
    } catch (ConditionFailedException e) {
      throw DynamoDbErrors.conditionFailed(e.item());
    } catch (UncheckedIOException e) {
      LOG.log(ERROR, () -> "A request was refused by the disk: " + e.getMessage());
      throw DynamoDbErrors.internal();
    }
  }

  /// The expressions of a request and their placeholders.
  static Expressions expressions(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    if (names != null) {
      Expressions.requireNames(names.keySet());
      names.values().forEach(AttributeValues::requireName);
    }
    return Expressions.of(names, values == null ? null : AttributeValues.expressionValues(values));
  }

  /// Names that a request has, or null where it has none.
  static <K, V> @Nullable Map<K, V> given(boolean has, Map<K, V> map) {
    return has ? map : null;
  }

  /// Elements that a request has, or null where it has none.
  static <E> @Nullable List<E> given(boolean has, List<E> list) {
    return has ? list : null;
  }

  /// How large the items of one partition are together, of a table with local indexes; null where
  /// the request did not ask or the table has none. The estimate is always the lowest.
  static @Nullable ItemCollectionMetrics metrics(
      @Nullable String wanted, Layout layout, Item item) {
    if (!"SIZE".equals(wanted) || !layout.table().hasLocalIndexes()) {
      return null;
    }
    String partition = layout.table().key().partition().name();
    Value value = item.attribute(partition);
    return value == null
        ? null
        : ItemCollectionMetrics.builder()
            .itemCollectionKey(Map.of(partition, AttributeValues.sdk(value)))
            .sizeEstimateRangeGB(0.0, 1.0)
            .build();
  }
}
