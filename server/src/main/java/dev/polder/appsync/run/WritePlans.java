package dev.polder.appsync.run;

import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.Generation;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.ModelField;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Makes the changes of tables that a mutation asks for, as the generated templates do it.
final class WritePlans {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String NULL_FOR_NON_NULL =
      "An argument you marked as Non-Null is set to Null in the query or the body of your request.";

  private final ServedApi api;
  private final Access access;
  private final Reads reads;
  private final UniqueValues unique;
  private final Cascades cascades;

  WritePlans(ServedApi api, Access access, Reads reads) {
    this.api = api;
    this.access = access;
    this.reads = reads;
    this.unique = new UniqueValues(api);
    this.cascades = new Cascades(api, reads, unique);
  }

  /// `createX(input, condition)`.
  Write create(Request request, Calls calls, Model model, Map<String, @Nullable Object> arguments) {
    requireValid(model, input(arguments));
    Map<String, @Nullable Object> automatic = automatic(calls, model);
    Map<String, @Nullable Object> object = new LinkedHashMap<>(automatic);
    object.putAll(access.create(request, model, input(arguments)));
    putMissing(object, automatic);
    for (ModelField field : model.fields().values()) {
      if (field.initial() != null && object.get(field.name()) == null) {
        object.put(field.name(), DefaultValues.of(field));
      }
    }
    object.put("__typename", model.type());
    var versioning = model.versioning();
    if (versioning != null) {
      object.put(versioning.field(), 1);
    }
    requireWholeKeys(model, "creating", object);
    putJoinedKeys(model, object);
    if (isSecond()) {
      dropNullKeys(model, object);
    }
    Map<String, AttributeValue> key = key(model, object);
    var expressions = new Expressions();
    String condition = condition(model, "attribute_not_exists", arguments, expressions);
    Map<String, AttributeValue> item = Values.item(model, object);
    item.putAll(key);
    Put put =
        Put.builder()
            .tableName(api.table(model))
            .item(item)
            .conditionExpression(condition)
            .expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values())
            .build();
    return new Write(
        Write.Kind.CREATE,
        model,
        key,
        object,
        TransactWriteItem.builder().put(put).build(),
        unique.taken(model, key, object));
  }

  /// What an object gets by itself where its creator gives nothing, or null.
  private static Map<String, @Nullable Object> automatic(Calls calls, Model model) {
    Map<String, @Nullable Object> automatic = new LinkedHashMap<>();
    ModelField id = model.fields().get("id");
    if (id != null && isText(id, "ID") && !id.list()) {
      automatic.put("id", calls.services().ids().uuid());
    }
    String now = MILLIS.format(now(calls));
    putTime(model, model.createdAt(), now, automatic);
    putTime(model, model.updatedAt(), now, automatic);
    return automatic;
  }

  private static void putMissing(
      Map<String, @Nullable Object> object, Map<String, @Nullable Object> automatic) {
    automatic.forEach((field, value) -> {
      if (object.get(field) == null) {
        object.put(field, value);
      }
    });
  }

  private static boolean isText(ModelField field, String type) {
    return field.type().equals(type) || field.type().equals("String");
  }

  private static void putTime(
      Model model, @Nullable String field, String now, Map<String, @Nullable Object> object) {
    ModelField known = field == null ? null : model.fields().get(field);
    if (field != null && (known == null || isText(known, "AWSDateTime"))) {
      object.put(field, now);
    }
  }

  /// `updateX(input, condition)`.
  Write update(Request request, Calls calls, Model model, Map<String, @Nullable Object> arguments) {
    Map<String, @Nullable Object> given = input(arguments);
    requireValid(model, given);
    Map<String, AttributeValue> key = key(model, given);
    Map<String, @Nullable Object> stored =
        access.readsFirst(request, model, Operation.UPDATE) || unique.isTouched(model, given)
            ? reads.item(calls, model, key)
            : null;
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    Map<String, @Nullable Object> automatic = new LinkedHashMap<>();
    putTime(model, model.updatedAt(), MILLIS.format(now(calls)), automatic);
    changes.putAll(automatic);
    changes.putAll(access.update(request, model, given, stored));
    putMissing(changes, automatic);
    if (!isSecond()) {
      changes.put("__typename", model.type());
      requireNoNulls(model, changes);
    }
    requireWholeKeys(model, "updating", changes);
    putJoinedKeys(model, changes);
    model.key().fields().forEach(changes::remove);
    var expressions = new Expressions();
    String version = version(model, changes, expressions);
    String condition =
        Expressions.all(
            condition(model, "attribute_exists", arguments, expressions),
            Filter.of(
                model, access.condition(request, model, Operation.UPDATE, given), expressions),
            version,
            unique.unchanged(model, given, stored, expressions));
    key.keySet().forEach(changes::remove);
    Update update =
        Update.builder()
            .tableName(api.table(model))
            .key(key)
            .updateExpression(assignments(model, changes, expressions))
            .conditionExpression(condition)
            .expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values())
            .build();
    return new Write(
        Write.Kind.UPDATE,
        model,
        key,
        null,
        TransactWriteItem.builder().update(update).build(),
        unique.moved(model, key, given, stored));
  }

  private static Instant now(Calls calls) {
    return calls.services().time().instant();
  }

  private static @Nullable String version(
      Model model, Map<String, @Nullable Object> changes, Expressions expressions) {
    var versioning = model.versioning();
    if (versioning == null) {
      return null;
    }
    Object expected = changes.remove(versioning.input());
    if (!(expected instanceof Number number)) {
      throw new FieldException(null, NULL_FOR_NON_NULL);
    }
    changes.put(versioning.field(), number.intValue() + 1);
    return expressions.name(versioning.field()) + " = " + expressions.value(expected);
  }

  private static @Nullable String assignments(
      Model model, Map<String, @Nullable Object> changes, Expressions expressions) {
    List<String> set = new ArrayList<>();
    List<String> remove = new ArrayList<>();
    changes.forEach((field, value) -> {
      String name = expressions.name(Values.attributeOf(model, field));
      if (value == null) {
        remove.add(name);
      } else {
        set.add(name + " = " + expressions.value(value));
      }
    });
    String sets = set.isEmpty() ? "" : "SET " + String.join(", ", set);
    String removes = remove.isEmpty() ? "" : "REMOVE " + String.join(", ", remove);
    String both = (sets + " " + removes).strip();
    return both.isEmpty() ? null : both;
  }

  /// `deleteX(input, condition)`.
  Write delete(Request request, Calls calls, Model model, Map<String, @Nullable Object> arguments) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(input(arguments));
    Map<String, AttributeValue> key = key(model, given);
    boolean isChecked = access.readsFirst(request, model, Operation.DELETE);
    boolean hasOthers = !model.cascades().isEmpty() || !model.unique().isEmpty();
    Map<String, @Nullable Object> stored =
        isChecked || hasOthers ? reads.item(calls, model, key) : null;
    access.delete(request, model, stored);
    Map<String, @Nullable Object> rules = access.condition(request, model, Operation.DELETE, given);
    if (hasOthers && stored == null) {
      return Write.nothing(model, key);
    }
    var expressions = new Expressions();
    String version = version(model, given, expressions);
    Delete delete =
        Delete.builder()
            .tableName(api.table(model))
            .key(key)
            .conditionExpression(
                Expressions.all(
                    condition(model, "attribute_exists", arguments, expressions),
                    Filter.of(model, rules, expressions),
                    version,
                    stored == null || model.unique().isEmpty()
                        ? null
                        : unique.unchanged(model, stored, stored, expressions)))
            .expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values())
            .build();
    List<Write.Other> others = new ArrayList<>();
    if (stored != null) {
      others.addAll(unique.freed(model, stored));
      others.addAll(cascades.of(calls, model, key, stored));
    }
    return new Write(
        Write.Kind.DELETE,
        model,
        key,
        stored,
        TransactWriteItem.builder().delete(delete).build(),
        others);
  }

  private boolean isSecond() {
    return api.api().generation() == Generation.V2;
  }

  static Map<String, @Nullable Object> input(Map<String, @Nullable Object> arguments) {
    Map<String, @Nullable Object> input = Reads.map(arguments.get("input"));
    return input == null ? Map.of() : input;
  }

  private static Map<String, AttributeValue> key(
      Model model, Map<String, @Nullable Object> values) {
    Map<String, AttributeValue> key = Keys.of(model, model.key(), values);
    if (key == null) {
      throw new FieldException(
          "DynamoDB:DynamoDbException",
          "One of the required keys was not given a value "
              + "(Service: DynamoDb, Status Code: 400, Extended Request ID: null)");
    }
    return key;
  }

  private static @Nullable String condition(
      Model model,
      String existence,
      Map<String, @Nullable Object> arguments,
      Expressions expressions) {
    List<String> parts = new ArrayList<>();
    parts.add(existence + "(" + expressions.name(Keys.partition(model, model.key())) + ")");
    String sort = Keys.sort(model, model.key());
    if (sort != null) {
      parts.add(existence + "(" + expressions.name(sort) + ")");
    }
    return Expressions.all(
        String.join(" AND ", parts),
        Filter.of(model, Reads.map(arguments.get("condition")), expressions));
  }

  private static void requireValid(Model model, Map<String, @Nullable Object> input) {
    input.forEach((name, value) -> {
      ModelField field = model.fields().get(name);
      if (field != null && value != null) {
        field.validations().stream()
            .filter(validation -> !validation.passes(value))
            .findFirst()
            .ifPresent(failed -> {
              throw new FieldException(null, failed.message());
            });
      }
    });
  }

  // The first generation refuses; the second writes, and the next read of the field fails.
  private static void requireNoNulls(Model model, Map<String, @Nullable Object> changes) {
    changes.forEach((name, value) -> {
      ModelField field = model.fields().get(name);
      if (value == null && field != null && field.required()) {
        throw new FieldException(null, NULL_FOR_NON_NULL);
      }
    });
  }

  private void requireWholeKeys(Model model, String doing, Map<String, @Nullable Object> values) {
    for (TableIndex index : model.indexes()) {
      List<String> sort = index.key().sort();
      if (sort.size() < 2 || sort.stream().noneMatch(values::containsKey)) {
        continue;
      }
      for (String field : sort) {
        if (!values.containsKey(field)) {
          throw new FieldException(
              null,
              "When %s any part of the composite sort key for @%s '%s', you must provide all fields for the key. Missing key: '%s'."
                  .formatted(doing, isSecond() ? "index" : "key", index.name(), field));
        }
      }
    }
  }

  private static void putJoinedKeys(Model model, Map<String, @Nullable Object> values) {
    putJoined(model.key(), values);
    model.indexes().forEach(index -> putJoined(index.key(), values));
  }

  private static void putJoined(TableKey key, Map<String, @Nullable Object> values) {
    if (key.sort().size() > 1 && key.sort().stream().allMatch(values::containsKey)) {
      values.put(key.sortAttribute().orElseThrow(), Keys.joined(key.sort(), values));
    }
  }

  // An index takes no nulls: such an object is just not in it.
  private static void dropNullKeys(Model model, Map<String, @Nullable Object> object) {
    for (TableIndex index : model.indexes()) {
      for (String field : index.key().fields()) {
        if (object.containsKey(field) && object.get(field) == null) {
          object.remove(field);
          if (index.key().sort().size() > 1) {
            object.remove(Objects.requireNonNull(Keys.sort(model, index.key())));
          }
        }
      }
    }
  }
}
