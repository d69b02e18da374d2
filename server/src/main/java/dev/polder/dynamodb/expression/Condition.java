package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.Value;
import java.util.List;

/// A condition or filter that is known to make sense.
public sealed interface Condition {
  /// What every item satisfies.
  Condition ALWAYS = new All(List.of());

  /// Whether the item satisfies the condition. An item that does not exist is one without
  /// attributes.
  default boolean matches(Item item) {
    return Evaluator.matches(this, item);
  }

  /// The paths that the condition reads, in the order of the text, repeated where they are.
  default List<Path> paths() {
    return ConditionPaths.of(this);
  }

  /// What a condition compares.
  sealed interface Operand {}

  /// A value of the request.
  record Literal(Value value) implements Operand {}

  /// An attribute of the item, or a part of one.
  record Attribute(Path path) implements Operand {}

  /// The size of an operand.
  record Size(Operand of) implements Operand {}

  record And(Condition left, Condition right) implements Condition {}

  record Or(Condition left, Condition right) implements Condition {}

  record Not(Condition condition) implements Condition {}

  /// Every one of these.
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /// At least one of these.
  record Some(List<Condition> conditions) implements Condition {
    public Some {
      conditions = List.copyOf(conditions);
    }
  }

  record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {}

  record Between(Operand operand, Operand low, Operand high) implements Condition {}

  record In(Operand operand, List<Operand> list) implements Condition {
    public In {
      list = List.copyOf(list);
    }
  }

  record Exists(Path path) implements Condition {}

  record HasType(Operand operand, Type type) implements Condition {}

  record BeginsWith(Operand operand, Operand prefix) implements Condition {}

  record Contains(Operand operand, Operand element) implements Condition {}
}
