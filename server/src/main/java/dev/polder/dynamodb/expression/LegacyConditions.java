package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The older parameters, as the conditions that say the same.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
public final class LegacyConditions {
  private LegacyConditions() {}

  /// The condition of `Expected`.
  ///
  /// @param operator `AND`, `OR` or absent
  /// @throws ValidationException with the real service's message
  public static Condition expected(
      Map<String, LegacyCondition> expected, @Nullable String operator) {
    requireOperatorCount(expected.size(), operator);
    List<Condition> conditions = new ArrayList<>();
    expected.forEach((name, written) -> conditions.add(expected(name, written)));
    return joined(conditions, operator);
  }

  /// The filter of `QueryFilter` or `ScanFilter`.
  ///
  /// @param operator `AND`, `OR` or absent
  /// @throws ValidationException with the real service's message
  public static Condition filter(Map<String, LegacyCondition> filter, @Nullable String operator) {
    requireOperatorCount(filter.size(), operator);
    List<Condition> conditions = new ArrayList<>();
    filter.forEach((name, written) -> conditions.add(condition(name, comparison(written))));
    return joined(conditions, operator);
  }

  /// What `KeyConditions` ask.
  ///
  /// @throws ValidationException with the real service's message
  public static KeyConditions keys(Map<String, LegacyCondition> keys) {
    Map<String, KeyCondition> conditions = new LinkedHashMap<>();
    keys.forEach((name, written) -> conditions.put(name, comparison(written)));
    return KeyConditions.of(conditions);
  }

  /// Refuses `ConditionalOperator` where there is nothing to join.
  ///
  /// @param count how many conditions there are
  public static void requireOperatorCount(int count, @Nullable String operator) {
    if (operator == null) {
      return;
    }
    if (count == 0) {
      throw new ValidationException(
          "ConditionalOperator cannot be used without Filter or Expected");
    }
    if (count == 1) {
      throw new ValidationException(
          "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }
  }

  private static Condition joined(List<Condition> conditions, @Nullable String operator) {
    return "OR".equals(operator) ? new Condition.Some(conditions) : new Condition.All(conditions);
  }

  private static Condition expected(String name, LegacyCondition written) {
    if (written.list() != null && written.value() != null) {
      throw ValidationException.parameter(
          "Value and AttributeValueList cannot be used together for Attribute: " + name);
    }
    if (written.operator() == null) {
      return existence(name, written);
    }
    if (written.exists() != null) {
      throw ValidationException.parameter(
          "Exists and ComparisonOperator cannot be used together for Attribute: " + name);
    }
    KeyCondition.Operator operator = KeyCondition.Operator.valueOf(written.operator());
    boolean unary =
        operator == KeyCondition.Operator.NULL || operator == KeyCondition.Operator.NOT_NULL;
    if (!unary && written.list() == null && written.value() == null) {
      throw ValidationException.parameter(
          "Value or AttributeValueList must be used with ComparisonOperator: "
              + operator
              + " for Attribute: "
              + name);
    }
    return condition(name, comparison(written));
  }

  private static Condition existence(String name, LegacyCondition written) {
    if (written.list() != null) {
      throw ValidationException.parameter(
          "AttributeValueList can only be used with a ComparisonOperator for Attribute: " + name);
    }
    boolean exists = written.exists() == null || written.exists();
    if (exists && written.value() == null) {
      throw ValidationException.parameter(
          "Value must be provided when Exists is " + written.exists() + " for Attribute: " + name);
    }
    if (!exists && written.value() != null) {
      throw ValidationException.parameter(
          "Value cannot be used when Exists is false for Attribute: " + name);
    }
    return exists
        ? condition(name, new KeyCondition(KeyCondition.Operator.EQ, written.values()))
        : new Condition.Not(new Condition.Exists(Path.of(name)));
  }

  private static KeyCondition comparison(LegacyCondition written) {
    var operator = KeyCondition.Operator.valueOf(Objects.requireNonNull(written.operator()));
    requireCount(operator, written.count());
    List<Value> values = written.values();
    for (Value value : values) {
      if (value.type() != values.getFirst().type()) {
        throw ValidationException.parameter(
            "AttributeValues inside AttributeValueList must be of same type");
      }
    }
    values.forEach(value -> requireType(operator, value.type()));
    if (operator == KeyCondition.Operator.BETWEEN) {
      requireBounds(values.getFirst(), values.getLast());
    }
    return new KeyCondition(operator, values);
  }

  private static void requireCount(KeyCondition.Operator operator, int count) {
    boolean right =
        switch (operator) {
          case NULL, NOT_NULL -> count == 0;
          case EQ, NE, LE, LT, GE, GT, CONTAINS, NOT_CONTAINS, BEGINS_WITH -> count == 1;
          case BETWEEN -> count == 2;
          case IN -> count > 0;
        };
    if (!right) {
      throw ValidationException.parameter(
          "Invalid number of argument(s) for the " + operator + " ComparisonOperator");
    }
  }

  private static void requireType(KeyCondition.Operator operator, Type type) {
    boolean right =
        switch (operator) {
          case EQ, NE, NULL, NOT_NULL -> true;
          case LE, LT, GE, GT, IN, BETWEEN -> type.scalar();
          case CONTAINS, NOT_CONTAINS -> !type.set() && type != Type.M && type != Type.L;
          case BEGINS_WITH -> type == Type.S || type == Type.B;
        };
    if (!right) {
      throw ValidationException.parameter(
          "ComparisonOperator " + operator + " is not valid for " + type + " AttributeValue type");
    }
  }

  private static void requireBounds(Value low, Value high) {
    OptionalInt order = Evaluator.order(low, high);
    if (order.isPresent() && order.getAsInt() > 0) {
      throw new ValidationException(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  private static Condition condition(String name, KeyCondition comparison) {
    Path path = Path.of(name);
    var attribute = new Condition.Attribute(path);
    List<Condition.Operand> values =
        comparison.values().stream().<Condition.Operand>map(Condition.Literal::new).toList();
    return switch (comparison.operator()) {
      case EQ, NE, LE, LT, GE, GT ->
          new Condition.Comparison(
              Comparator.valueOf(comparison.operator().name()), attribute, values.getFirst());
      case BETWEEN -> new Condition.Between(attribute, values.getFirst(), values.getLast());
      case IN -> new Condition.In(attribute, values);
      case BEGINS_WITH -> new Condition.BeginsWith(attribute, values.getFirst());
      case CONTAINS -> new Condition.Contains(attribute, values.getFirst());
      case NOT_CONTAINS ->
          new Condition.And(
              new Condition.Exists(path),
              new Condition.Not(new Condition.Contains(attribute, values.getFirst())));
      case NULL -> new Condition.Not(new Condition.Exists(path));
      case NOT_NULL -> new Condition.Exists(path);
    };
  }
}
