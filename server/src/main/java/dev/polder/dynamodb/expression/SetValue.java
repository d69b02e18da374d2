package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `SET` gives to a path. All of it is read from the item as it was before the update.
public sealed interface SetValue {
  /// What is said of a stored value that cannot be calculated with.
  String WRONG_TYPE = "An operand in the update expression has an incorrect data type";

  /// The value.
  ///
  /// @throws ValidationException where an attribute is missing or of the wrong type
  Value in(Item item);

  /// The type that the value is of, whatever the item; null where that depends on the item.
  default @Nullable Type type() {
    return switch (this) {
      case Literal(var value) -> value.type();
      case Sum _, Difference _ -> Type.N;
      case Append _ -> Type.L;
      case Attribute _, IfNotExists _ -> null;
    };
  }

  /// The paths that are read of the item.
  default List<Path> paths() {
    return switch (this) {
      case Literal _ -> List.of();
      case Attribute(var path) -> List.of(path);
      case IfNotExists(var path, var otherwise) -> joined(List.of(path), otherwise.paths());
      case Sum(var left, var right) -> joined(left.paths(), right.paths());
      case Difference(var left, var right) -> joined(left.paths(), right.paths());
      case Append(var first, var second) -> joined(first.paths(), second.paths());
    };
  }

  private static List<Path> joined(List<Path> some, List<Path> more) {
    List<Path> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /// A value of the request.
  record Literal(Value value) implements SetValue {
    @Override
    public Value in(Item item) {
      return value;
    }
  }

  /// A copy of an attribute, or of a part of one.
  record Attribute(Path path) implements SetValue {
    @Override
    public Value in(Item item) {
      Value value = path.in(item);
      if (value == null) {
        throw new ValidationException(
            "The provided expression refers to an attribute that does not exist in the item");
      }
      return value;
    }
  }

  record Sum(SetValue left, SetValue right) implements SetValue {
    @Override
    public Value in(Item item) {
      return Value.N.of(number(left, item).number().add(number(right, item).number()));
    }
  }

  record Difference(SetValue left, SetValue right) implements SetValue {
    @Override
    public Value in(Item item) {
      return Value.N.of(number(left, item).number().subtract(number(right, item).number()));
    }
  }

  record IfNotExists(Path path, SetValue otherwise) implements SetValue {
    @Override
    public Value in(Item item) {
      Value value = path.in(item);
      return value == null ? otherwise.in(item) : value;
    }
  }

  record Append(SetValue first, SetValue second) implements SetValue {
    @Override
    public Value in(Item item) {
      List<Value> elements = new ArrayList<>(list(first, item).elements());
      elements.addAll(list(second, item).elements());
      return new Value.L(elements);
    }
  }

  private static Value.N number(SetValue operand, Item item) {
    return switch (operand.in(item)) {
      case Value.N n -> n;
      case Value _ -> throw new ValidationException(WRONG_TYPE);
    };
  }

  private static Value.L list(SetValue operand, Item item) {
    return switch (operand.in(item)) {
      case Value.L l -> l;
      case Value _ -> throw new ValidationException(WRONG_TYPE);
    };
  }
}
