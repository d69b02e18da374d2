package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The extension `@unique`: for every value of such a field an item in a table of its own, written
/// and deleted in the same transaction as the object, under a condition that lets only one object
/// have it. A table of its own keeps these items out of scans, streams and counts of the model's.
///
/// Objects without a value do not compete. Writes that bypass GraphQL are not seen.
final class UniqueValues {
  /// The key of the table: `User.email="ann@example.org"`.
  static final String KEY = "value";

  /// The attribute that says whose value it is.
  static final String OWNER = "object";

  private final ServedApi api;

  UniqueValues(ServedApi api) {
    this.api = api;
  }

  /// True if a change sets one of the model's unique fields.
  boolean isTouched(Model model, Map<String, @Nullable Object> changes) {
    return model.unique().stream().anyMatch(changes::containsKey);
  }

  /// Takes the values of a new object.
  List<Write.Other> taken(
      Model model, Map<String, AttributeValue> key, Map<String, @Nullable Object> object) {
    List<Write.Other> others = new ArrayList<>();
    for (String field : model.unique()) {
      if (object.get(field) != null) {
        others.add(take(model, key, field, Objects.requireNonNull(object.get(field))));
      }
    }
    return others;
  }

  /// Gives the values of an object back.
  List<Write.Other> freed(Model model, Map<String, @Nullable Object> stored) {
    List<Write.Other> others = new ArrayList<>();
    for (String field : model.unique()) {
      if (stored.get(field) != null) {
        others.add(free(model, field, Objects.requireNonNull(stored.get(field))));
      }
    }
    return others;
  }

  /// Takes the values that a change sets and gives back those it replaces.
  List<Write.Other> moved(
      Model model,
      Map<String, AttributeValue> key,
      Map<String, @Nullable Object> changes,
      @Nullable Map<String, @Nullable Object> stored) {
    List<Write.Other> others = new ArrayList<>();
    for (String field : model.unique()) {
      Object old = stored == null ? null : stored.get(field);
      Object young = changes.get(field);
      if (!changes.containsKey(field) || Objects.equals(old, young)) {
        continue;
      }
      if (old != null) {
        others.add(free(model, field, old));
      }
      if (young != null) {
        others.add(take(model, key, field, young));
      }
    }
    return others;
  }

  /// The condition that an object still has the values that were read; null if none matters.
  @Nullable String unchanged(
      Model model,
      Map<String, @Nullable Object> changes,
      @Nullable Map<String, @Nullable Object> stored,
      Expressions expressions) {
    if (stored == null) {
      return null;
    }
    String condition = null;
    for (String field : model.unique()) {
      if (!changes.containsKey(field)) {
        continue;
      }
      String name = expressions.name(Values.attributeOf(model, field));
      Object old = stored.get(field);
      condition =
          Expressions.all(
              condition,
              old == null
                  ? "attribute_not_exists("
                      + name
                      + ") OR "
                      + name
                      + " = "
                      + expressions.value((Object) null)
                  : name + " = " + expressions.value(old));
    }
    return condition;
  }

  private Write.Other take(
      Model model, Map<String, AttributeValue> key, String field, Object value) {
    Put put =
        Put.builder()
            .tableName(api.uniqueTable())
            .item(item(model, field, value, owner(key)))
            .conditionExpression("attribute_not_exists(#k)")
            .expressionAttributeNames(Map.of("#k", KEY))
            .build();
    return new Write.Other(TransactWriteItem.builder().put(put).build(), field);
  }

  private Write.Other free(Model model, String field, Object value) {
    Delete delete =
        Delete.builder().tableName(api.uniqueTable()).key(key(model, field, value)).build();
    return new Write.Other(TransactWriteItem.builder().delete(delete).build(), null);
  }

  private static Map<String, AttributeValue> key(Model model, String field, Object value) {
    return Map.of(KEY, AttributeValue.fromS(prefix(model.type(), field) + Json.write(value)));
  }

  /// How the keys of a field's values begin.
  static String prefix(String type, String field) {
    return type + "." + field + "=";
  }

  /// The item that stands for a value.
  static Map<String, AttributeValue> item(
      Model model, String field, Object value, AttributeValue owner) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(key(model, field, value));
    item.put(OWNER, owner);
    return item;
  }

  /// An object's key as the attribute of its values.
  static AttributeValue owner(Map<String, AttributeValue> key) {
    return AttributeValue.fromM(key);
  }
}
