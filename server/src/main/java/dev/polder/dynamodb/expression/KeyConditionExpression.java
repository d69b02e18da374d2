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
    collect(condition, written, conditions);
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
      case Syntax.Binary binary -> {
        if (binary.operator().equals("<>")) {
          throw invalidOperator(binary.operator());
        }
        collectComparison((Condition.Comparison) condition, into);
      }
      case Syntax.Between _ -> collectBetween((Condition.Between) condition, into);
      case Syntax.Reference _, Syntax.Placeholder _ -> throw new IllegalArgumentException();
    }
  }

  /// What one comparison asks.
  ///
  /// @throws ValidationException where no index answers it
  static void collect(Condition condition, Map<String, KeyCondition> into) {
    switch (condition) {
      case Condition.Comparison comparison when comparison.comparator() != Comparator.NE ->
          collectComparison(comparison, into);
      case Condition.Between between -> collectBetween(between, into);
      case Condition.BeginsWith beginsWith -> collectBeginsWith(beginsWith, into);
      case Condition _ -> throw new ValidationException("No key condition");
    }
  }

  private static void collectFunction(
      Condition condition, Syntax.Call call, Map<String, KeyCondition> into) {
    if (!(condition instanceof Condition.BeginsWith beginsWith)) {
      throw invalidOperator(call.function());
    }
    collectBeginsWith(beginsWith, into);
  }

  private static void collectBeginsWith(
      Condition.BeginsWith condition, Map<String, KeyCondition> into) {
    requireAttribute("begins_with", condition.operand());
    var operands = List.of(condition.operand(), condition.prefix());
    add(KeyCondition.Operator.BEGINS_WITH, operands, into);
  }

  private static void collectBetween(Condition.Between condition, Map<String, KeyCondition> into) {
    requireAttribute("BETWEEN", condition.operand());
    var operands = List.of(condition.operand(), condition.low(), condition.high());
    add(KeyCondition.Operator.BETWEEN, operands, into);
  }

  private static void collectComparison(
      Condition.Comparison comparison, Map<String, KeyCondition> into) {
    boolean flipped = !(comparison.left() instanceof Condition.Attribute);
    Comparator comparator = flipped ? comparison.comparator().flipped() : comparison.comparator();
    var operands = List.of(comparison.left(), comparison.right());
    add(KeyCondition.Operator.of(comparator), operands, into);
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
