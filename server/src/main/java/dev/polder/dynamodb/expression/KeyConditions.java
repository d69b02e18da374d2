package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.KeyRules;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a query asks of attributes, before it is known whether they are keys.
public final class KeyConditions {
  private static final int MOST = 2;

  private final Map<String, KeyCondition> conditions;

  private KeyConditions(Map<String, KeyCondition> conditions) {
    this.conditions = conditions;
  }

  /// @throws ValidationException where there is none, or more than a key has attributes
  static KeyConditions of(Map<String, KeyCondition> conditions) {
    if (conditions.isEmpty() || conditions.size() > MOST) {
      throw new ValidationException("Conditions can be of length 1 or 2 only");
    }
    return new KeyConditions(Collections.unmodifiableMap(new LinkedHashMap<>(conditions)));
  }

  /// What these conditions ask, each of one attribute.
  ///
  /// @param conditions such as [#answers]
  public static KeyConditions of(List<Condition> conditions) {
    Map<String, KeyCondition> asked = new LinkedHashMap<>();
    conditions.forEach(condition -> KeyConditionExpression.collect(condition, asked));
    return of(asked);
  }

  /// Whether a condition is such that an index answers it, if its attribute is a sort key.
  ///
  /// @param attribute the attribute that it must be about
  public static boolean answers(Condition condition, String attribute) {
    Map<String, KeyCondition> asked = new LinkedHashMap<>();
    try {
      KeyConditionExpression.collect(condition, asked);
    } catch (ValidationException e) {
      return false;
    }
    return asked.containsKey(attribute);
  }

  /// What to read of a table or index with this key.
  ///
  /// @throws ValidationException where the conditions are not such that the key answers them
  public KeyQuery query(KeySchema schema) {
    return query(schema, _ -> {});
  }

  /// What to read of a table or index with this key.
  ///
  /// @param before what else to check of an attribute of the key, before the condition on it
  /// @throws ValidationException where the conditions are not such that the key answers them
  public KeyQuery query(KeySchema schema, Consumer<KeySchema.KeyAttribute> before) {
    before.accept(schema.partition());
    if (schema.sort() == null && conditions.size() > 1) {
      throw notSupported();
    }
    KeyCondition partition = conditions.get(schema.partition().name());
    if (partition == null) {
      throw missed(schema.partition());
    }
    require(schema.partition(), partition);
    if (partition.operator() != KeyCondition.Operator.EQ) {
      throw notSupported();
    }
    if (schema.sort() != null) {
      before.accept(schema.sort());
    }
    KeyCondition sort = sort(schema.sort());
    Value value = partition.values().getFirst();
    if (sort == null) {
      return new KeyQuery(value, SortRange.ALL, schema.sort() == null);
    }
    boolean one = sort.operator() == KeyCondition.Operator.EQ;
    return new KeyQuery(value, SortRange.of(sort), one);
  }

  private @Nullable KeyCondition sort(KeySchema.@Nullable KeyAttribute attribute) {
    if (attribute == null || conditions.size() == 1) {
      return null;
    }
    KeyCondition condition = conditions.get(attribute.name());
    if (condition == null) {
      throw missed(attribute);
    }
    require(attribute, condition);
    return condition;
  }

  private static void require(KeySchema.KeyAttribute attribute, KeyCondition condition) {
    if (!condition.operator().indexable()) {
      throw new ValidationException(
          "Attempted conditional constraint is not an indexable operation");
    }
    for (Value value : condition.values()) {
      if (value.type() != attribute.type()) {
        throw ValidationException.parameter("Condition parameter type does not match schema type");
      }
      KeyRules.requireNotEmpty(attribute.name(), value);
    }
  }

  private static ValidationException missed(KeySchema.KeyAttribute attribute) {
    return new ValidationException(
        "Query condition missed key schema element: " + attribute.name());
  }

  private static ValidationException notSupported() {
    return new ValidationException("Query key condition not supported");
  }
}
