package dev.polder.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/// Collects the paths of a condition.
final class ConditionPaths {
  private final List<Path> paths = new ArrayList<>();

  private ConditionPaths() {}

  static List<Path> of(Condition condition) {
    var collector = new ConditionPaths();
    collector.visit(condition);
    return List.copyOf(collector.paths);
  }

  private void visit(Condition condition) {
    switch (condition) {
      case Condition.And(var left, var right) -> visitAll(List.of(left, right));
      case Condition.Or(var left, var right) -> visitAll(List.of(left, right));
      case Condition.Not(var negated) -> visit(negated);
      case Condition.All(var all) -> visitAll(all);
      case Condition.Some(var some) -> visitAll(some);
      case Condition.Comparison(_, var left, var right) -> operands(left, right);
      case Condition.Between(var operand, var low, var high) -> operands(operand, low, high);
      case Condition.In(var operand, var list) -> {
        operands(operand);
        operands(list.toArray(Condition.Operand[]::new));
      }
      case Condition.Exists(var path) -> paths.add(path);
      case Condition.HasType(var operand, _) -> operands(operand);
      case Condition.BeginsWith(var operand, var prefix) -> operands(operand, prefix);
      case Condition.Contains(var operand, var element) -> operands(operand, element);
    }
  }

  private void visitAll(List<Condition> conditions) {
    conditions.forEach(this::visit);
  }

  private void operands(Condition.Operand... operands) {
    for (Condition.Operand operand : operands) {
      switch (operand) {
        case Condition.Literal _ -> {}
        case Condition.Attribute(var path) -> paths.add(path);
        case Condition.Size(var of) -> operands(of);
      }
    }
  }
}
