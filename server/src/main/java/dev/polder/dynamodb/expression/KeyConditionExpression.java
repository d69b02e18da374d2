package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A key condition that is known to be a sensible condition, though perhaps none for keys: the
/// service complains of that after every other expression of the request has been read.
public final class KeyConditionExpression {
  private static final String INVALID = "Invalid condition in KeyConditionExpression: ";

  private final Condition condition;
  private final Syntax written;

  KeyConditionExpression(Condition condition, Syntax written) {
    this.condition = condition;
    this.written = written;
  }

  /// What it asks of which attributes.
  ///
  /// @throws ValidationException where it asks what cannot be asked of keys
  public KeyConditions conditions() {
    Map<String, KeyCondition> conditions = new LinkedHashMap<>();
    try {
      collect(condition, written, conditions);
    } catch (ValidationException e) {
      throw new ValidationException("Invalid KeyConditionExpression: " + e.reason());
    }
    return KeyConditions.of(conditions);
  }

  /// Goes through both trees, which have the same shape down to the comparisons: the written one
  /// knows how things were said.
  private static void collect(Condition condition, Syntax written, Map<String, KeyCondition> into) {
    switch (written) {
      case Syntax.And(var left, var right) -> {
        var both = (Condition.And) condition;
        collect(both.left(), left, into);
        collect(both.right(), right, into);
      }
      case Syntax.Or _ -> throw invalidOperator("OR");
      case Syntax.Not _ -> throw invalidOperator("NOT");
      case Syntax.In _ -> throw invalidOperator("IN");
      case Syntax.Call call -> collectFunction(condition, call, into);
      case Syntax.Binary binary ->
          collectComparison((Condition.Comparison) condition, binary, into);
      case Syntax.Between _ -> {
        var between = (Condition.Between) condition;
        requireAttribute("BETWEEN", between.operand());
        var operands = List.of(between.operand(), between.low(), between.high());
        add(KeyCondition.Operator.BETWEEN, operands, into);
      }
      case Syntax.Reference _, Syntax.Placeholder _ -> throw new IllegalArgumentException();
    }
  }

  private static void collectFunction(
      Condition condition, Syntax.Call call, Map<String, KeyCondition> into) {
    if (!(condition instanceof Condition.BeginsWith(var operand, var prefix))) {
      throw invalidOperator(call.function());
    }
    requireAttribute("begins_with", operand);
    add(KeyCondition.Operator.BEGINS_WITH, List.of(operand, prefix), into);
  }

  private static void collectComparison(
      Condition.Comparison comparison, Syntax.Binary written, Map<String, KeyCondition> into) {
    if (comparison.comparator() == Comparator.NE) {
      throw invalidOperator(written.operator());
    }
    boolean flipped = !(comparison.left() instanceof Condition.Attribute);
    Comparator comparator = flipped ? comparison.comparator().flipped() : comparison.comparator();
    add(KeyCondition.Operator.of(comparator), List.of(comparison.left(), comparison.right()), into);
  }

  private static void requireAttribute(String operator, Condition.Operand operand) {
    if (!(operand instanceof Condition.Attribute)) {
      throw new ValidationException(
          INVALID + operator + " operator must have the key attribute as its first operand");
    }
  }

  private static void add(
      KeyCondition.Operator operator,
      List<Condition.Operand> operands,
      Map<String, KeyCondition> into) {
    List<String> names = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (Condition.Operand operand : operands) {
      switch (operand) {
        case Condition.Literal(var value) -> values.add(value);
        case Condition.Attribute(var path) -> names.add(name(path, !names.isEmpty()));
        case Condition.Size _ ->
            throw new ValidationException(
                "KeyConditionExpressions cannot contain nested operations");
      }
    }
    if (names.isEmpty()) {
      throw new ValidationException(INVALID + "No key attribute specified");
    }
    if (into.put(names.getFirst(), new KeyCondition(operator, values)) != null) {
      throw new ValidationException(
          "KeyConditionExpressions must only contain one condition per key");
    }
  }

  private static String name(Path path, boolean another) {
    if (another) {
      throw new ValidationException(INVALID + "Multiple attribute names used in one condition");
    }
    if (path.nested()) {
      throw new ValidationException(
          "KeyConditionExpressions cannot have conditions on nested attributes");
    }
    return path.attribute();
  }

  private static ValidationException invalidOperator(String operator) {
    return new ValidationException("Invalid operator used in KeyConditionExpression: " + operator);
  }
}
